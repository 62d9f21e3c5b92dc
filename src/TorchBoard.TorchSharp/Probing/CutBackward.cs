using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>What goes back through a nonlinearity: for its input, made of what arrived at its output.</summary>
internal delegate Tensor BackwardRule(CutCall call, Tensor arrived);

/// <summary>
/// A backward pass in which nonlinearities follow a rule of their own. There are no hooks on backward passes, so the
/// graph is cut at each call of such a module by hooks on the forward pass, and the pieces are walked from the score to
/// the input.
/// </summary>
internal sealed class CutBackward : IDisposable
{
    private readonly List<CutCall> _calls = [];
    private readonly nn.Module _model;
    private readonly Tensor _input;
    private readonly ModelOutput _output;

    /// <summary>Calls the model, in evaluation mode. Gradients must be on and a dispose scope be open.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">Its input, on its device.</param>
    /// <param name="types">Names of the types of modules that follow the rule.</param>
    /// <param name="forward">How the model is called with a batch.</param>
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
            _output = new ModelOutput(forward(_input.clone()), model, batch.shape[0]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether no module of these types was called.</summary>
    public bool IsWhole => _calls.Count == 0;

    /// <summary>The score of each input.</summary>
    public Tensor Scores(ModelTarget target) => target.Scores(_output);

    /// <summary>What arrives at the input.</summary>
    /// <param name="score">One number.</param>
    /// <param name="rule">What the nonlinearities do.</param>
    public Tensor From(Tensor score, BackwardRule rule)
    {
        Tensor[] leaves = [_input, .. _calls.Select(call => call.Output)];
        Send(score, ones_like(score), leaves.Length);

        // What a call put out reaches later calls only, so all has arrived when its turn comes.
        for (int i = _calls.Count - 1; i >= 0; i--)
        {
            if (_calls[i].Output.grad is { } arrived)
                Send(_calls[i].Input, rule(_calls[i], arrived).detach(), i + 1);
        }

        return _input.grad ?? zeros_like(_input);

        // Adds to the gradients of the leaves that a piece of the graph comes from, and of no parameter.
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
            // The module may work in place, and the model close scopes of its own.
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
