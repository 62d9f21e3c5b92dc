using System.Globalization;

namespace TorchBoard.Hyperparameters;

/// <summary>
/// The value of a hyperparameter: a number, a text or a truth value, each shown and filtered by TensorBoard as what
/// it is. Made by conversion: <c>["lr"] = 1e-3, ["optimizer"] = "adam", ["amsgrad"] = true</c>.
/// </summary>
public readonly record struct Hyperparameter
{
    private readonly object? _value;

    internal Hyperparameter(object? value) => _value = value;

    /// <summary>The number, as a double; null where the value is none.</summary>
    public double? Number => _value as double?;

    /// <summary>The text; null where the value is none.</summary>
    public string? Text => _value as string;

    /// <summary>The truth value; null where the value is none.</summary>
    public bool? Boolean => _value as bool?;

    /// <summary>A number.</summary>
    /// <param name="number">The number; finite where it is written.</param>
    public static implicit operator Hyperparameter(double number) => new(number);

    /// <summary>A number, as the decimal that it prints as: 0.1f is 0.1, not 0.10000000149.</summary>
    /// <param name="number">The number; finite where it is written.</param>
    public static implicit operator Hyperparameter(float number) =>
        new(float.IsFinite(number)
            ? double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : (double)number);

    /// <summary>A number. TensorBoard keeps it as a double, which is exact up to 2⁵³.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Hyperparameter(long number) => new((double)number);

    /// <summary>A number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator Hyperparameter(int number) => new((double)number);

    /// <summary>A text.</summary>
    /// <param name="text">The text; not null where it is written.</param>
    public static implicit operator Hyperparameter(string? text) => new(text);

    /// <summary>A truth value.</summary>
    /// <param name="truth">The truth value.</param>
    public static implicit operator Hyperparameter(bool truth) => new(truth);

    /// <summary>The value as text, with a point in numbers; empty where there is none.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _value switch
    {
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "",
    };
}
