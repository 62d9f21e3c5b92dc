using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// A model in evaluation mode while it lasts: nothing is dropped out, no running average moves. Each module gets back
/// the mode that it had, also where they were mixed.
/// </summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Module, bool IsTraining)[] _before;

    public EvaluationMode(nn.Module model)
    {
        _before = [.. ModuleTree.Of(model).Select(place => (place.Module, place.Module.training))];
        model.eval();
    }

    public void Dispose()
    {
        // A mode is handed down to the children, so parents come first; they do in the tree.
        foreach ((nn.Module module, bool isTraining) in _before)
        {
            if (module.training != isTraining)
                module.train(isTraining);
        }
    }
}
