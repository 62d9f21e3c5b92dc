using System.Diagnostics;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>How long each node of a trace takes, from a forward pass of its own that nothing else disturbs.</summary>
internal static class ModelProfile
{
    /// <summary>
    /// Calls the model once more, in evaluation mode and without gradients. Where it goes another way than it did when
    /// it was traced, only the part up to there is told.
    /// </summary>
    public static NodeStatistics[] Of(ModelTrace trace, nn.Module model, Tensor[] inputs)
    {
        var statistics = new List<NodeStatistics>();
        bool isSame = true;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(model);
        using var hooks = new ModuleHooks();
        bool isOnCuda = inputs[0].device_type == DeviceType.CUDA;
        long origin = Stopwatch.GetTimestamp();
        foreach (ModulePlace place in trace.Calls.Select(call => call.Place).Distinct())
            Hook(place);
        ModuleCall.Invoke(model, inputs);
        return [.. statistics];

        void Hook(ModulePlace place)
        {
            var starts = new Stack<long>();
            hooks.Add(place.Module, _ => starts.Push(Now()), After);

            object? After(object?[] arguments, object? result)
            {
                long start = starts.Pop();
                TimeSpan time = Stopwatch.GetElapsedTime(start, Now());
                isSame &= statistics.Count < trace.Calls.Count && trace.Calls[statistics.Count].Place == place;
                if (isSame)
                {
                    TracedOutput[] outputs = [.. TensorTree.Of(result).Select(TracedOutput.Of)];
                    statistics.Add(new NodeStatistics(
                        trace.Calls[statistics.Count].Name, time, outputs.Sum(output => output.Bytes))
                    {
                        Start = Stopwatch.GetElapsedTime(origin, start),
                        OutputShapes = [.. outputs.Select(output => output.Shape)],
                        Device = isOnCuda ? "/device:GPU:0" : "/device:CPU:0",
                    });
                }

                return result;
            }
        }

        long Now()
        {
            if (isOnCuda)
                cuda.synchronize();
            return Stopwatch.GetTimestamp();
        }
    }
}
