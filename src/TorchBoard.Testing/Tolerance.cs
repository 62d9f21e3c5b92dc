using System.Globalization;

namespace TorchBoard.Testing;

/// <summary>
/// The difference allowed between a value and its baseline, absolute or as a share of the baseline's value.
/// </summary>
public readonly record struct Tolerance
{
    private Tolerance(double amount, bool isRelative)
    {
        Amount = amount;
        IsRelative = isRelative;
    }

    /// <summary>The difference allowed, or the share: 0.05 is 5%.</summary>
    public double Amount { get; }

    /// <summary>Whether the amount is a share of the baseline's absolute value.</summary>
    public bool IsRelative { get; }

    /// <summary>Creates a tolerance that allows <c>|value − baseline| ≤ share · |baseline|</c>.</summary>
    /// <param name="share">The share: 0.05 is 5%; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is negative, NaN or infinite.</exception>
    public static Tolerance Relative(double share) => new(Checked(share, nameof(share)), isRelative: true);

    /// <summary>Creates a tolerance that allows <c>|value − baseline| ≤ difference</c>.</summary>
    /// <param name="difference">The difference; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The difference is negative, NaN or infinite.</exception>
    public static Tolerance Absolute(double difference) =>
        new(Checked(difference, nameof(difference)), isRelative: false);

    /// <summary>Parses <c>5%</c> as a relative tolerance and <c>0.01</c> as an absolute one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tolerance">The tolerance, if the text is one.</param>
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

    /// <summary>Returns the tolerance in the form that <see cref="TryParse"/> parses.</summary>
    public override string ToString() => IsRelative ? Number.Percent(Amount) : Number.Text(Amount);

    internal bool Allows(double value, double baseline) =>
        Math.Abs(value - baseline) <= (IsRelative ? Amount * Math.Abs(baseline) : Amount);

    private static double Checked(double amount, string name) => double.IsFinite(amount) && amount >= 0
        ? amount
        : throw new ArgumentOutOfRangeException(
            name, amount, $"The {name} must be finite and not negative; was {Number.Text(amount)}.");
}
