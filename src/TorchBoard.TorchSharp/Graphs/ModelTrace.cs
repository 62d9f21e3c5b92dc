using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// One forward pass, watched by hooks: which modules were called, in which order, with what from where.
/// </summary>
internal sealed class ModelTrace
{
    private readonly ModulePlace[] _places;
    private readonly string _scope;
    private readonly NodeNames _names = new();
    private readonly Stack<int> _open = new();
    private readonly List<TracedCall> _calls = [];

    private ModelTrace(nn.Module model)
    {
        _places = ModuleTree.Of(model);
        _scope = NodeNames.Valid(_places[0].TypeName);
    }

    /// <summary>The calls of modules that no other was called inside of, in their order.</summary>
    public IReadOnlyList<TracedCall> Calls => _calls;

    /// <summary>The model's inputs, as nodes.</summary>
    public IReadOnlyList<(string Name, TracedOutput Value)> Inputs { get; private set; } = [];

    /// <summary>The model's outputs, and where each came from.</summary>
    public IReadOnlyList<(TracedOutput Value, string[] Sources)> Outputs { get; private set; } = [];

    /// <summary>Calls the model once, in evaluation mode. No hook and no tensor stays.</summary>
    public static ModelTrace Of(nn.Module model, Tensor[] inputs)
    {
        var trace = new ModelTrace(model);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable gradients = enable_grad();
        using var mode = new EvaluationMode(model);
        using var sources = new TensorSources();
        using var hooks = new ModuleHooks();
        foreach (ModulePlace place in trace._places)
            trace.Hook(hooks, sources, place);
        trace.Run(model, inputs, sources);
        return trace;
    }

    private void Run(nn.Module model, Tensor[] inputs, TensorSources sources)
    {
        string[] names = [.. inputs.Select((_, i) => _names.Of("", inputs.Length == 1 ? "input" : $"input/{i}"))];
        Inputs = [.. inputs.Select((input, i) => (names[i], TracedOutput.Of(input)))];
        object? result = ModuleCall.Invoke(model, [.. inputs.Select((input, i) => sources.Add(input, names[i]))]);
        Outputs = [.. TensorTree.Of(result).Select(output => (TracedOutput.Of(output), sources.Of(output)))];
    }

    private void Hook(ModuleHooks hooks, TensorSources sources, ModulePlace place)
    {
        bool isLeaf = !place.Module.named_children().Any();
        var found = new Stack<string[]>();
        hooks.Add(place.Module, Before, After);

        void Before(object?[] arguments)
        {
            _open.Push(_calls.Count);

            // The module may change its argument in place, and then nobody could tell where it came from.
            if (isLeaf)
                found.Push(sources.Of(arguments));
        }

        object? After(object?[] arguments, object? result)
        {
            bool isNode = _open.Pop() == _calls.Count;
            string[] inputs = isLeaf ? found.Pop() : [];
            if (!isNode)
                return result;
            if (!isLeaf)
                inputs = sources.Of(arguments);
            string name =
                place.Path.Length == 0 ? _names.Of("", _scope) : _names.Of(_scope, place.Path.Replace('.', '/'));
            TracedOutput[] outputs = [.. TensorTree.Of(result).Select(TracedOutput.Of)];
            _calls.Add(new TracedCall(name, place, inputs, outputs));
            int next = 0;
            return TensorTree.Replace(result, output => sources.Add(output, next++ == 0 ? name : $"{name}:{next - 1}"));
        }
    }
}
