using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Gradients are recorded while it lasts, whatever the caller switched off, inference mode included. The caller's modes
/// come back when it is disposed.
/// </summary>
internal sealed class GradientMode : IDisposable
{
    private readonly IDisposable _normal = inference_mode(false);
    private readonly IDisposable _gradients = enable_grad();

    public void Dispose()
    {
        _gradients.Dispose();
        _normal.Dispose();
    }
}
