using System.Globalization;

namespace TorchBoard.Testing;

/// <summary>How far a value may lie from a baseline's, as an amount or as a share of the baseline's value.</summary>
public readonly record struct Tolerance
{
    private Tolerance(double amount, bool isRelative)
    {
        Amount = amount;
        IsRelative = isRelative;
    }

    /// <summary>The difference allowed, or the share: 0.05 stands for 5%.</summary>
    public double Amount { get; }

    /// <summary>Whether the amount is a share of the size of the baseline's value.</summary>
    public bool IsRelative { get; }

    /// <summary>Allows <c>|value − baseline| ≤ share · |baseline|</c>.</summary>
    /// <param name="share">The share: 0.05 stands for 5%; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is negative, NaN or infinite.</exception>
    public static Tolerance Relative(double share) => new(Checked(share, nameof(share)), isRelative: true);

    /// <summary>Allows <c>|value − baseline| ≤ difference</c>.</summary>
    /// <param name="difference">The difference; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The difference is negative, NaN or infinite.</exception>
    public static Tolerance Absolute(double difference) =>
        new(Checked(difference, nameof(difference)), isRelative: false);

    /// <summary>Reads <c>5%</c> as a relative tolerance and <c>0.01</c> as an absolute one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tolerance">The tolerance, where the text is one.</param>
    /// <returns>Whether the text is a tolerance.</returns>
    public static bool TryParse(string? text, out Tolerance tolerance)
    {
        bool isRelative = text is ['.' or (>= '0' and <= '9'), .., '%'];
        bool isNumber = double.TryParse(
            isRelative ? text.AsSpan(0, text!.Length - 1) : text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out double amount);
        bool isTolerance = isNumber && double.IsFinite(amount);
        tolerance = isTolerance ? new Tolerance(isRelative ? amount / 100 : amount, isRelative) : default;
        return isTolerance;
    }

    /// <summary>The tolerance as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => IsRelative ? Number.Percent(Amount) : Number.Text(Amount);

    internal bool Allows(double value, double baseline) =>
        Math.Abs(value - baseline) <= (IsRelative ? Amount * Math.Abs(baseline) : Amount);

    private static double Checked(double amount, string name) => double.IsFinite(amount) && amount >= 0
        ? amount
        : throw new ArgumentOutOfRangeException(
            name, amount, $"A finite number that is not negative is wanted; {Number.Text(amount)} given.");
}
