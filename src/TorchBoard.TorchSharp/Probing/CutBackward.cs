using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>
/// The backward rule of a nonlinearity: returns the gradient at its input from the gradient at its output.
/// </summary>
internal delegate Tensor BackwardRule(CutCall call, Tensor arrived);

/// <summary>
/// A backward pass in which nonlinearities follow a custom rule. TorchSharp has no hooks on backward passes, so forward
/// hooks cut the graph at each call of such a module, and the pieces are traversed from the score to the input.
/// </summary>
internal sealed class CutBackward : IDisposable
{
    private readonly List<CutCall> _calls = [];
    private readonly nn.Module _model;
    private readonly Tensor _input;
    private readonly ModelOutput _output;

    /// <summary>
    /// Calls the model in evaluation mode. Gradients must be enabled and a dispose scope must be open.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The input batch, on the model's device.</param>
    /// <param name="types">Type names of the modules that follow the rule.</param>
    /// <param name="forward">Calls the model with a batch.</param>
    public CutBackward(
        nn.Module model, Tensor batch, IReadOnlySet<string> types, Func<Tensor, object?> forward)
    {
        _model = model;
        _input = batch.detach().requires_grad_();
        using var mode = new EvaluationMode(model);
        using var hooks = new ModuleHooks();
        foreach (ModulePlace place in ModuleTree.Of(model).Where(place => types.Contains(place.TypeName)))
            Cut(hooks, place.Module);
        try
        {
            _output = new ModelOutput(forward(_input.clone()), model.GetType().Name, batch.shape[0]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether no module of these types was called.</summary>
    public bool IsWhole => _calls.Count == 0;

    /// <summary>Returns the score of each input.</summary>
    public Tensor Scores(ModelTarget target) => target.Scores(_output);

    /// <summary>Returns the gradient at the input.</summary>
    /// <param name="score">A tensor with one value.</param>
    /// <param name="rule">The rule for the nonlinearities.</param>
    public Tensor From(Tensor score, BackwardRule rule)
    {
        Tensor[] leaves = [_input, .. _calls.Select(call => call.Output)];
        Send(score, ones_like(score), leaves.Length);

        // A call's output reaches only later calls, so its gradient is complete when its turn comes.
        for (int i = _calls.Count - 1; i >= 0; i--)
        {
            if (_calls[i].Output.grad is { } arrived)
                Send(_calls[i].Input, rule(_calls[i], arrived).detach(), i + 1);
        }

        return _input.grad ?? zeros_like(_input);

        // Adds to the gradients of the leaves at the start of a piece of the graph, not to those of parameters.
        void Send(Tensor output, Tensor gradient, int count)
        {
            if (output.requires_grad)
                BackwardPass.Send(output, gradient, leaves[..count], _model, retainGraph: true);
        }
    }

    public void Dispose()
    {
        foreach (CutCall call in _calls)
            call.Dispose();
        _calls.Clear();
    }

    private void Cut(ModuleHooks hooks, nn.Module module)
    {
        Tensor? input = null;
        hooks.Add(
            module,
            // The module may work in place, and the model may dispose scopes of its own.
            arguments => input = TensorTree.Of(arguments).First().clone().DetachFromDisposeScope(),
            (_, result) =>
            {
                if (result is not Tensor output)
                {
                    input!.Dispose();
                    return result;
                }

                Tensor leaf = output.detach().clone().requires_grad_().DetachFromDisposeScope();
                _calls.Add(new CutCall(module, input!, leaf));
                return leaf.clone();
            });
    }
}
