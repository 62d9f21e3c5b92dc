using System.Globalization;

namespace TorchBoard.Hyperparameters;

/// <summary>
/// The value of a hyperparameter: a number, a string or a Boolean. TensorBoard shows and filters each by its kind.
/// Converts implicitly: <c>["lr"] = 1e-3, ["optimizer"] = "adam", ["amsgrad"] = true</c>.
/// </summary>
public readonly record struct Hyperparameter
{
    private readonly object? _value;

    internal Hyperparameter(object? value) => _value = value;

    /// <summary>The number as a double; null if the value is not a number.</summary>
    public double? Number => _value as double?;

    /// <summary>The string; null if the value is not a string.</summary>
    public string? Text => _value as string;

    /// <summary>The Boolean; null if the value is not a Boolean.</summary>
    public bool? Boolean => _value as bool?;

    /// <summary>Converts a number.</summary>
    /// <param name="number">The number; must be finite when it is written.</param>
    public static implicit operator Hyperparameter(double number) => new(number);

    /// <summary>Converts a number to its shortest decimal: 0.1f is 0.1, not 0.10000000149.</summary>
    /// <param name="number">The number; must be finite when it is written.</param>
    public static implicit operator Hyperparameter(float number) =>
        new(float.IsFinite(number)
            ? double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : (double)number);

    /// <summary>Converts a number. TensorBoard stores it as a double, which is exact up to 2⁵³.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Hyperparameter(long number) => new((double)number);

    /// <summary>Converts a number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Hyperparameter(int number) => new((double)number);

    /// <summary>Converts a string.</summary>
    /// <param name="text">The string; must not be null when it is written.</param>
    public static implicit operator Hyperparameter(string? text) => new(text);

    /// <summary>Converts a Boolean.</summary>
    /// <param name="truth">The Boolean.</param>
    public static implicit operator Hyperparameter(bool truth) => new(truth);

    /// <summary>Returns the value as culture-invariant text; empty if there is none.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _value switch
    {
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "",
    };
}
