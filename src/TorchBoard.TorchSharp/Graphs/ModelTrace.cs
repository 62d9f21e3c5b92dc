using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// One forward pass, recorded by hooks: which modules were called, in which order, and where their arguments came from.
/// </summary>
internal sealed class ModelTrace
{
    private readonly string _scope;
    private readonly NodeNames _names = new();
    private readonly Stack<Open> _open = new();
    private readonly List<TracedCall> _calls = [];
    private (string Name, TracedOutput Value)[]? _inputs;

    private ModelTrace(nn.Module model)
    {
        Places = ModuleTree.Of(model);
        _scope = NodeNames.Valid(Places[0].TypeName);
    }

    /// <summary>The model's modules.</summary>
    public ModulePlace[] Places { get; }

    /// <summary>The calls of modules that called no other module, in their order.</summary>
    public IReadOnlyList<TracedCall> Calls => _calls;

    /// <summary>The model's inputs, as nodes.</summary>
    public IReadOnlyList<(string Name, TracedOutput Value)> Inputs => _inputs ?? [];

    /// <summary>The model's outputs and their origins.</summary>
    public IReadOnlyList<(TracedOutput Value, TracedArgument Origin)> Outputs { get; private set; } = [];

    /// <summary>Calls the model once, in evaluation mode. Leaves no hooks or tensors behind.</summary>
    /// <remarks>If autograd does not determine the origin of a tensor, the model is called repeatedly.</remarks>
    public static ModelTrace Of(ModelCall call)
    {
        var trace = new ModelTrace(call.Model);
        using DisposeScope scope = NewDisposeScope();
        using var gradients = new GradientMode();
        using var mode = new EvaluationMode(call.Model);
        using var sources = new TensorSources();
        trace.Run(call, sources);
        ValueDependence.Complete(trace, call, sources);
        return trace;
    }

    /// <summary>Returns the name of an output of a node.</summary>
    public static string OutputName(string node, int output) => output == 0 ? node : $"{node}:{output}";

    private void Run(ModelCall call, TensorSources sources)
    {
        object? result;
        using (var nodes = new NodeCalls(
            Places, (place, _, arguments) => Begin(place, arguments, sources),
            (place, _, isInnermost, _, value) => End(place, isInnermost, value, sources)))
        {
            result = call.Invoke();
        }

        if (_inputs is null)
            result = AddWhole(call, result, sources);
        Outputs =
        [
            .. TensorTree.Of(result).Select(
                output => (TracedOutput.Of(output), new TracedArgument(sources.Of(output)))),
        ];
    }

    private void Begin(ModulePlace place, object?[] arguments, TensorSources sources)
    {
        // A model may disable gradients for a part of it; that part is recorded all the same.
        if (!is_grad_enabled())
            _ = set_grad_enabled(true);
        if (place.Depth == 0 && _inputs is null)
            AddInputs(arguments, sources);
        Tensor[] tensors = [.. TensorTree.Of(arguments)];
        _open.Push(new Open(
            [.. tensors.Select(tensor => new TracedArgument(sources.Of(tensor)))],
            [.. tensors.Select(tensor => (tensor, new ChangeDetector(tensor)))]));
    }

    private (object? Passed, bool IsNode) End(
        ModulePlace place, bool isInnermost, object? result, TensorSources sources)
    {
        using Open open = _open.Pop();
        if (isInnermost)
        {
            string name =
                place.Path.Length == 0 ? _names.Of("", _scope) : _names.Of(_scope, place.Path.Replace('.', '/'));
            return (Add(place, name, open.Arguments, open, result, sources), true);
        }

        // Without a node of its own, as for the addition of a residual block, the next node would have an edge from
        // each preceding block.
        if (place.Depth == 0 || result is not Tensor joined || sources.Of(joined) is not { Length: > 1 } origins)
            return (result, false);
        string join = _names.Of(_scope, place.Path.Replace('.', '/') + "/join");
        return (Add(place, join, [new TracedArgument(origins)], open, result, sources), true);
    }

    private object? Add(
        ModulePlace place, string name, TracedArgument[] arguments, Open open, object? result, TensorSources sources)
    {
        TracedOutput[] outputs = [.. TensorTree.Of(result).Select(TracedOutput.Of)];
        int[] changed =
        [
            .. Enumerable.Range(0, open.Changes.Length)
                .Where(i => open.Changes[i].Change.IsChanged && sources.Change(open.Changes[i].Tensor, name)),
        ];
        _calls.Add(new TracedCall(name, place, arguments, changed, outputs) { IsJoin = arguments != open.Arguments });
        int next = 0;
        return TensorTree.Replace(result, output =>
        {
            string source = OutputName(name, next++);

            // To the model, an argument that was changed in place and returned is the same tensor.
            return sources.Of(output) is [{ } only] && only == source ? output : sources.Add(output, source);
        });
    }

    private void AddInputs(object?[] arguments, TensorSources sources)
    {
        Tensor[] tensors = [.. TensorTree.Of(arguments)];
        string[] names = NamesOf(tensors.Length);
        _inputs = [.. tensors.Select((tensor, i) => (names[i], TracedOutput.Of(tensor)))];
        int next = 0;

        // A copy, because autograd cannot save a tensor created in inference_mode().
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = TensorTree.Replace(arguments[i], tensor => sources.Add(tensor.clone(), names[next++]));
    }

    // A module without hooks, such as a TorchScript module, is one node.
    private object? AddWhole(ModelCall call, object? result, TensorSources sources)
    {
        Tensor[] tensors = call.Inputs ?? [];
        string[] names = NamesOf(tensors.Length);
        _inputs = [.. tensors.Select((tensor, i) => (names[i], TracedOutput.Of(tensor)))];
        string node = _names.Of("", _scope);
        _calls.Add(new TracedCall(
            node, Places[0], [.. names.Select(name => new TracedArgument([name]))], [],
            [.. TensorTree.Of(result).Select(TracedOutput.Of)]));
        int next = 0;
        return TensorTree.Replace(result, output => sources.Add(output, OutputName(node, next++)));
    }

    private string[] NamesOf(int inputs) =>
        [.. Enumerable.Range(0, inputs).Select(i => _names.Of("", inputs == 1 ? "input" : $"input/{i}"))];

    private sealed record Open(TracedArgument[] Arguments, (Tensor Tensor, ChangeDetector Change)[] Changes)
        : IDisposable
    {
        public void Dispose()
        {
            foreach ((_, ChangeDetector change) in Changes)
                change.Dispose();
        }
    }
}
