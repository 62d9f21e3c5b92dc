using System.Diagnostics;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>Measures the time of each node of a trace in a separate forward pass.</summary>
internal static class ModelProfile
{
    /// <summary>
    /// Calls the model once more, in evaluation mode and without gradients. If it takes another path than in the trace,
    /// only the common first part is reported.
    /// </summary>
    public static NodeStatistics[] Of(ModelTrace trace, ModelCall call)
    {
        var statistics = new List<NodeStatistics>();
        long origin = Stopwatch.GetTimestamp();
        var starts = new Stack<long>();
        bool isSame = true;
        bool isOnCuda = cuda.is_available() && IsOnCuda(call);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(call.Model);
        using var nodes = new NodeCalls(trace.Places, (_, _, _) => starts.Push(Now()), After);
        origin = Stopwatch.GetTimestamp();
        call.Invoke();
        return [.. statistics];

        (object? Passed, bool IsNode) After(
            ModulePlace place, int next, bool isInnermost, object?[] arguments, object? result)
        {
            long start = starts.Pop();
            TimeSpan time = Stopwatch.GetElapsedTime(start, Now());
            TracedCall? node = next < trace.Calls.Count ? trace.Calls[next] : null;
            bool isNode = node?.Place == place && node.IsJoin != isInnermost;
            isSame &= isNode || !isInnermost;
            if (isSame && isNode && isInnermost)
            {
                TracedOutput[] outputs = [.. TensorTree.Of(result).Select(TracedOutput.Of)];
                statistics.Add(new NodeStatistics(node!.Name, time, outputs.Sum(output => output.Bytes))
                {
                    Start = Stopwatch.GetElapsedTime(origin, start),
                    OutputShapes = [.. outputs.Select(output => output.Shape)],
                    Device = isOnCuda ? "/device:GPU:0" : "/device:CPU:0",
                });
            }

            return (result, isNode || isInnermost);
        }

        long Now()
        {
            if (isOnCuda)
                cuda.synchronize();
            return Stopwatch.GetTimestamp();
        }
    }

    private static bool IsOnCuda(ModelCall call) =>
        (call.Inputs ?? [.. call.Model.parameters()]).Any(tensor => tensor.device_type == DeviceType.CUDA);
}
