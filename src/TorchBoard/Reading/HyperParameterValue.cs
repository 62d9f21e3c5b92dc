using System.Globalization;

namespace TorchBoard;

/// <summary>What a hyperparameter was set to: a number, text or a truth value.</summary>
public readonly record struct HyperParameterValue
{
    private readonly object? _value;

    internal HyperParameterValue(object? value) => _value = value;

    /// <summary>The number; null where it is none.</summary>
    public double? Number => _value as double?;

    /// <summary>The text; null where it is none.</summary>
    public string? Text => _value as string;

    /// <summary>The truth value; null where it is none.</summary>
    public bool? Boolean => _value as bool?;

    /// <summary>The value as text, the same in every culture; empty where nothing was set.</summary>
    public override string ToString() => _value switch
    {
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(_value, CultureInfo.InvariantCulture) ?? "",
    };
}
