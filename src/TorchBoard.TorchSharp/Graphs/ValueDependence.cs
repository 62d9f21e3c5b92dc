using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// Finds the edges of a trace that autograd does not know because a function without a gradient (argmax, a comparison,
/// detach) is in between. The model is called again with every node output reset to its recorded value except one,
/// which is perturbed. Exactly the arguments that are computed directly from that output then change.
/// </summary>
/// <remarks>
/// Perturbed outputs keep their range, so that integers remain valid indices. A dependence that no perturbation reveals
/// is not found.
/// </remarks>
internal sealed class ValueDependence
{
    private readonly ModelTrace _trace;
    private readonly ModelCall _call;
    private readonly IReadOnlyDictionary<string, Tensor> _values;
    private readonly Dictionary<(int Call, int Argument), Tensor> _before = [];
    private readonly HashSet<(int Call, int Argument)> _unstable = [];

    private ValueDependence(ModelTrace trace, ModelCall call, TensorSources sources)
    {
        _trace = trace;
        _call = call;
        _values = sources.Values;
        Replay([], Same, (at, tensor) => _before[at] = tensor.detach().clone().DetachFromDisposeScope());

        // A model that draws random numbers passes different values to its modules each time.
        Replay([], Same, (at, tensor) =>
        {
            if (IsOther(at, tensor))
                _unstable.Add(at);
        });
    }

    /// <summary>Adds the missing edges. The model is not called if every tensor and every node has its edges.</summary>
    public static void Complete(ModelTrace trace, ModelCall call, TensorSources sources)
    {
        if (Unexplained(trace).Count == 0 && !Unused(trace, sources).Any())
            return;
        var dependence = new ValueDependence(trace, call, sources);
        try
        {
            dependence.Explain([.. sources.Values.Keys], Unexplained(trace));
            foreach (string source in Unused(trace, sources).ToArray())
                dependence.Add(source, dependence.ChangedBy([source]));
        }
        finally
        {
            foreach (Tensor tensor in dependence._before.Values)
                tensor.Dispose();
        }
    }

    private static HashSet<(int Call, int Argument)> Unexplained(ModelTrace trace) =>
        [.. Arguments(trace).Where(at => at.Argument.Sources.Count == 0).Select(at => at.Position)];

    // The outputs of nodes that no other node uses.
    private static IEnumerable<string> Unused(ModelTrace trace, TensorSources sources)
    {
        HashSet<string> used = [.. Arguments(trace).SelectMany(at => at.Argument.Sources).Select(NodeOf)];
        return sources.Values.Keys.Where(source => !used.Contains(NodeOf(source)));
    }

    private static string NodeOf(string source) => source.Split(':')[0];

    private static IEnumerable<((int Call, int Argument) Position, TracedArgument Argument)> Arguments(ModelTrace trace)
    {
        for (int i = 0; i < trace.Calls.Count; i++)
        {
            for (int j = 0; j < trace.Calls[i].Arguments.Length; j++)
                yield return ((i, j), trace.Calls[i].Arguments[j]);
        }

        for (int j = 0; j < trace.Outputs.Count; j++)
            yield return ((trace.Calls.Count, j), trace.Outputs[j].Origin);
    }

    // Bisects the possible sources while any argument changes with them.
    private void Explain(string[] sources, HashSet<(int Call, int Argument)> unexplained)
    {
        HashSet<(int, int)> changed = ChangedBy(sources);
        changed.IntersectWith(unexplained);
        if (changed.Count == 0)
            return;
        if (sources.Length == 1)
        {
            Add(sources[0], changed);
            return;
        }

        Explain(sources[..(sources.Length / 2)], changed);
        Explain(sources[(sources.Length / 2)..], changed);
    }

    private void Add(string source, HashSet<(int Call, int Argument)> targets)
    {
        foreach ((int call, int argument) in targets)
        {
            TracedArgument target = call == _trace.Calls.Count
                ? _trace.Outputs[argument].Origin
                : _trace.Calls[call].Arguments[argument];
            if (target.Sources.Contains(source))
                continue;
            target.Sources.Add(source);
            target.WithoutGradient.Add(source);
        }
    }

    private HashSet<(int Call, int Argument)> ChangedBy(string[] sources)
    {
        var changed = new HashSet<(int, int)>();
        foreach (Func<Tensor, Tensor> disturbance in (Func<Tensor, Tensor>[])[Mirrored, Reversed])
        {
            try
            {
                Replay([.. sources], disturbance, (at, tensor) =>
                {
                    if (!_unstable.Contains(at) && IsOther(at, tensor))
                        changed.Add(at);
                });
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The model fails with the perturbed values; the changes found before that are valid.
            }
        }

        return changed;
    }

    private bool IsOther((int, int) at, Tensor tensor)
    {
        return _before.TryGetValue(at, out Tensor? before)
            && (!before.shape.SequenceEqual(tensor.shape) || before.dtype != tensor.dtype || !before.Equals(tensor));
    }

    private void Replay(
        HashSet<string> disturbed, Func<Tensor, Tensor> disturbance, Action<(int Call, int Argument), Tensor> see)
    {
        bool isAway = false;
        bool isCalled = false;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var nodes = new NodeCalls(_trace.Places, Before, After);
        object? result = _call.Invoke();
        if (!isAway)
            See(_trace.Calls.Count, TensorTree.Of(result));

        void Before(ModulePlace place, int next, object?[] arguments)
        {
            if (place.Depth == 0 && !isCalled)
            {
                isCalled = true;
                int input = 0;
                for (int i = 0; i < arguments.Length; i++)
                    arguments[i] = TensorTree.Replace(arguments[i], _ => ValueOf(_trace.Inputs[input++].Name));
            }

            if (!isAway && next < _trace.Calls.Count && _trace.Calls[next] is { IsJoin: false } call
                && call.Place == place)
            {
                See(next, TensorTree.Of(arguments));
            }
        }

        (object? Passed, bool IsNode) After(
            ModulePlace place, int next, bool isInnermost, object?[] arguments, object? result)
        {
            TracedCall? node = next < _trace.Calls.Count ? _trace.Calls[next] : null;
            bool isNode = node?.Place == place && node.IsJoin != isInnermost;

            // The perturbation may change the model's path; the calls after that point are unknown.
            isAway |= isInnermost && !isNode;
            if (isAway || !isNode)
                return (result, isInnermost);
            if (node!.IsJoin)
                See(next, TensorTree.Of(result));
            Tensor[] given = [.. TensorTree.Of(arguments)];
            foreach (int i in node.Changed)
                given[i].copy_(ValueOf(node.Name));
            int output = 0;
            return (TensorTree.Replace(result, _ => ValueOf(ModelTrace.OutputName(node.Name, output++))), true);
        }

        void See(int call, IEnumerable<Tensor> tensors)
        {
            foreach ((int i, Tensor tensor) in tensors.Index())
                see((call, i), tensor);
        }

        Tensor ValueOf(string source)
        {
            Tensor value = _values[source].detach();
            return disturbed.Contains(source) ? disturbance(value) : value.clone();
        }
    }

    private static Tensor Same(Tensor value) => value.clone();

    // Maps the largest value to the smallest, within the same range.
    private static Tensor Mirrored(Tensor value)
    {
        if (value.NumberOfElements == 0 || value.is_complex())
            return value.clone();
        if (value.dtype == ScalarType.Bool)
            return value.logical_not();
        Tensor greatest = value.max();
        Tensor least = value.min();
        bool isConstant = greatest.Equals(least);
        return isConstant && TensorArgument.IsFloatingPoint(value.dtype)
            ? value.sub(ones_like(value))
            : greatest.sub(value.sub(least));
    }

    private static Tensor Reversed(Tensor value) => value.flatten().flip(0).reshape(value.shape);
}
