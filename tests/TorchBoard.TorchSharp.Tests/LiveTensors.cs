using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>How many tensors there are that somebody holds, without those that only wait for their finalizer.</summary>
internal static class LiveTensors
{
    public static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
