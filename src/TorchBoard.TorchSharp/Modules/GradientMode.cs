using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Records gradients until disposed, even if the caller disabled them, including in inference mode. Disposing restores
/// the caller's modes.
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
