using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Modules;

/// <summary>The names of a model's layers.</summary>
internal sealed class ModuleTreeTests
{
    [Test]
    public void Layers_are_named_by_their_path_and_shared_ones_by_their_first()
    {
        using nn.Module<Tensor, Tensor> shared = nn.Linear(2, 2);
        using nn.Module<Tensor, Tensor> inner = nn.Sequential(("a", shared), ("b", nn.ReLU()));
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("inner", inner), ("again", shared));

        Assert.That(
            ModuleTree.Of(model).Select(place => $"{place.Depth} {place.Path}"),
            Is.EqualTo(["0 ", "1 inner", "2 inner.a", "2 inner.b"]));
    }

    [Test]
    public void A_name_that_does_not_exist_is_refused_with_the_nearest()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("conv1", nn.Linear(2, 2)), ("head", nn.Linear(2, 2)));

        Assert.That(
            () => ModuleTree.Find(model, "Conv1", "layer"),
            Throws.ArgumentException.With.Message.StartsWith(
                "'Conv1' was not found among the 2 layers of Sequential; the nearest: 'conv1', 'head'."));
    }
}
