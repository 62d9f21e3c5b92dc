using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Models;

/// <summary>
/// A network that learns prices of synthetic houses. They follow a formula, so the right answer is known.
/// </summary>
internal static class HousePrices
{
    private const int Houses = 4096;
    private const int Epochs = 16;
    private const int BatchSize = 64;

    /// <summary>The columns of the table, in units of their standard deviation from the mean.</summary>
    public static IReadOnlyList<string> Features { get; } = ["area", "rooms", "age", "garden", "door color"];

    /// <summary>The price: 4·area + 2·rooms − 3·age + 2·area·garden. The color of the door does not matter.</summary>
    public static Tensor Price(Tensor houses)
    {
        Tensor area = houses.select(1, 0);
        return (4 * area) + (2 * houses.select(1, 1)) - (3 * houses.select(1, 2)) + (2 * area * houses.select(1, 3));
    }

    /// <summary>A large, old house with a garden and many rooms: [1, 5].</summary>
    public static Tensor House() => tensor([1.5f, 1, 0.8f, 1.2f, 2]).unsqueeze(0);

    /// <summary>
    /// Returns what each feature of a house adds to the price of the average house. Area and garden share their
    /// product.
    /// </summary>
    public static double[] ShapleyValues(ReadOnlySpan<float> house)
    {
        double shared = house[0] * house[3];
        return [(4 * house[0]) + shared, 2 * house[1], -3 * house[2], shared, 0];
    }

    public static Module<Tensor, Tensor> Trained()
    {
        manual_seed(1);
        Module<Tensor, Tensor> net = Sequential(
            ("hidden1", Linear(Features.Count, 64)), ("silu1", SiLU()),
            ("hidden2", Linear(64, 64)), ("silu2", SiLU()),
            ("price", Linear(64, 1)));
        using Tensor houses = randn(Houses, Features.Count);
        using Tensor prices = Price(houses).unsqueeze(1);
        using optim.Optimizer optimizer = optim.Adam(net.parameters(), 3e-3);
        optim.lr_scheduler.LRScheduler rate =
            optim.lr_scheduler.CosineAnnealingLR(optimizer, (double)Epochs * Houses / BatchSize);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            foreach (Tensor batch in randperm(Houses).split(BatchSize))
            {
                using var stepScope = NewDisposeScope();
                Tensor guess = net.call(houses.index_select(0, batch));
                Tensor loss = functional.mse_loss(guess, prices.index_select(0, batch));
                optimizer.zero_grad();
                loss.backward();
                optimizer.StepUncollected();
                rate.step();
            }
        }

        net.eval();
        return net;
    }
}
