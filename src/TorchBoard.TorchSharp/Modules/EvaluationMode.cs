using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Puts a model in evaluation mode until disposed: no dropout, no changes of running averages. Disposing restores the
/// mode of each module, even if modes were mixed.
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
        // A module passes its mode to its children, so parents must come first, as they do in the tree.
        foreach ((nn.Module module, bool isTraining) in _before)
        {
            if (module.training != isTraining)
                module.train(isTraining);
        }
    }
}
