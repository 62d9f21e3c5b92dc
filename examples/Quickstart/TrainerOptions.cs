using System.Runtime.CompilerServices;

namespace Quickstart;

/// <summary>
/// How a <see cref="Trainer"/> trains. The defaults take a few seconds and get about 98 of 100 digits right.
/// </summary>
public sealed record TrainerOptions
{
    /// <summary>How often every training picture is seen: 60 by default, at least 1.</summary>
    public int Epochs
    {
        get;
        init => field = AtLeastOne(value);
    } = 60;

    /// <summary>What split, first weights and order of the pictures are drawn from: 1 by default, any number.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The learning rate at the start, from where it falls to 0 along a cosine: 0.01 by default.</summary>
    public double LearningRate
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(LearningRate), value, "The learning rate must be a finite number greater than 0.");
    } = 0.01;

    /// <summary>Pictures a step: 16 by default, at least 1.</summary>
    public int BatchSize
    {
        get;
        init => field = AtLeastOne(value);
    } = 16;

    /// <summary>Units of the hidden layer: 64 by default, at least 1.</summary>
    public int HiddenUnits
    {
        get;
        init => field = AtLeastOne(value);
    } = 64;

    /// <summary>The share of the pictures that is kept from training: 0.2 by default, from 0.01 to 0.9.</summary>
    public double HeldOutShare
    {
        get;
        init => field = value is >= 0.01 and <= 0.9
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(HeldOutShare), value, "The share of pictures held out must be from 0.01 to 0.9.");
    } = 0.2;

    private static int AtLeastOne(int value, [CallerMemberName] string name = "") => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
