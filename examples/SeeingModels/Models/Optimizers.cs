using System.Runtime;
using static TorchSharp.torch;

namespace SeeingModels.Models;

/// <summary>Runs steps of TorchSharp's optimizers without garbage collections.</summary>
internal static class Optimizers
{
    private const long Memory = 32 << 20;

    /// <summary>
    /// Like <c>step</c>, but the garbage collector runs before and not during the step. TorchSharp 0.107 does not keep
    /// the numbers alive that its optimizers pass to libtorch, so one is occasionally collected too early. A thread
    /// that calls <c>GC.Collect</c> ends the protection.
    /// </summary>
    public static void StepUncollected(this optim.Optimizer optimizer)
    {
        GC.TryStartNoGCRegion(Memory);
        try
        {
            optimizer.step();
        }
        finally
        {
            // Other threads may have exhausted the memory budget, which ends the region.
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
