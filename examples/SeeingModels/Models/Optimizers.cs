using System.Runtime;
using static TorchSharp.torch;

namespace SeeingModels.Models;

/// <summary>Steps of TorchSharp's optimizers without garbage collections meanwhile.</summary>
internal static class Optimizers
{
    private const long Memory = 32 << 20;

    /// <summary>
    /// As <c>step</c>, but the collector runs before and not meanwhile: TorchSharp 0.107 does not keep the numbers alive
    /// that its optimizers give to libtorch, and now and then one is collected too early. A thread that calls
    /// <c>GC.Collect</c> ends the protection.
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
            // Other threads may have used up the memory, which ends the region.
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
        }
    }
}
