using System.Runtime.CompilerServices;

namespace Quickstart;

/// <summary>
/// The options of a <see cref="Trainer"/>. With the defaults, training takes a few seconds and reaches about 98%
/// accuracy.
/// </summary>
public sealed record TrainerOptions
{
    /// <summary>The number of epochs: 60 by default, at least 1.</summary>
    public int Epochs
    {
        get;
        init => field = AtLeastOne(value);
    } = 60;

    /// <summary>
    /// The seed of the split, the initial weights and the order of the pictures: 1 by default, any number.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>The initial learning rate, which falls to 0 along a cosine: 0.01 by default.</summary>
    public double LearningRate
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(LearningRate), value, "The learning rate must be a finite number greater than 0.");
    } = 0.01;

    /// <summary>The batch size: 16 by default, at least 1.</summary>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne(value);
    } = 16;

    /// <summary>The number of hidden units: 64 by default, at least 1.</summary>
    public int HiddenUnits
    {
        get;
        init => field = AtLeastOne(value);
    } = 64;

    /// <summary>The share of held-out pictures: 0.2 by default, 0.01 to 0.9.</summary>
    public double HeldOutShare
    {
        get;
        init => field = value is >= 0.01 and <= 0.9
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(HeldOutShare), value, "The share of held-out pictures must be between 0.01 and 0.9.");
    } = 0.2;

    private static int AtLeastOne(int value, [CallerMemberName] string name = "") => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
