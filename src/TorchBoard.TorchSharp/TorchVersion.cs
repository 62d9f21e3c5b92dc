using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>What TorchSharp calls otherwise in one version than in another.</summary>
internal static class TorchVersion
{
    /// <summary>The gradient of a tensor; null where it has none. The caller disposes of it.</summary>
    public static Tensor? GradientOf(Tensor tensor) =>
#if TORCHSHARP_0_99
        tensor.grad();
#else
        tensor.grad;
#endif
}
