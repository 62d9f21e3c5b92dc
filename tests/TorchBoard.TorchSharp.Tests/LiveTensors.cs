using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Number of live tensors, without those that earlier tests left to the garbage collector.</summary>
internal static class LiveTensors
{
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
