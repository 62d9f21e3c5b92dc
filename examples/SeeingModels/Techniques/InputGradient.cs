using SeeingModels.Models;
using TorchBoard;
using TorchBoard.Figures;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Techniques;

/// <summary>
/// Shows how an output changes with each element of an input vector: the gradient by autograd, as bars.
/// </summary>
internal static class InputGradient
{
    public static void Show(SummaryWriter writer, Module<Tensor, Tensor> prices, Tensor house)
    {
        using Tensor input = house.detach().clone().requires_grad_();
        Tensor gradient = autograd.grad([prices.call(input).sum()], [input])[0];
        Tensor known = autograd.grad([HousePrices.Price(input).sum()], [input])[0];

        Figure figure = new Figure { Title = "How the price changes with each feature", YLabel = "∂ price / ∂ feature" }
            .Bars<float>(HousePrices.Features, [.. gradient.data<float>()], "network")
            .Bars<float>(HousePrices.Features, [.. known.data<float>()], "formula");
        writer.AddFigure("input-gradient/house", figure, 0);
    }
}
