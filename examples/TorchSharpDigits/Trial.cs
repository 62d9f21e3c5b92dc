using static TorchSharp.torch;

namespace TorchSharpDigits;

/// <summary>The settings of a trial.</summary>
/// <param name="Optimizer">adam or sgd.</param>
/// <param name="LearningRate">The initial learning rate; it falls to 0 along a cosine.</param>
/// <param name="Dropout">The dropout probability of the 64 units, 0 to 1.</param>
/// <param name="BatchSize">The number of pictures per step.</param>
internal sealed record Trial(string Optimizer, double LearningRate, double Dropout, int BatchSize)
{
    public static IReadOnlyList<Trial> All { get; } =
    [
        new("adam", 3e-3, 0.25, 64),
        new("adam", 3e-4, 0, 64),
        new("sgd", 0.1, 0.25, 32),
        new("sgd", 0.01, 0, 128),
    ];

    public string Name => FormattableString.Invariant(
        $"{Optimizer}-lr{LearningRate}-dropout{Dropout}-batch{BatchSize}");

    public optim.Optimizer OptimizerOf(DigitNet net) => Optimizer == "adam"
        ? optim.Adam(net.parameters(), LearningRate)
        : optim.SGD(net.parameters(), LearningRate, 0.9);
}
