using System.Globalization;
using Google.Protobuf;
using TorchBoard.Protos;

namespace TorchBoard.Graphs;

/// <summary>
/// The value of a node's attribute, such as a stride or a padding. Converts implicitly from numbers, strings,
/// Booleans, types and arrays of numbers or strings. Long values are truncated: a graph must not contain weights.
/// </summary>
public readonly struct AttributeValue
{
    private const int MostElements = 64;
    private const int MostCharacters = 512;

    private readonly AttrValue? _value;

    private AttributeValue(AttrValue value) => _value = value;

    /// <summary>Converts an integer.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(long value) => new(new AttrValue { I = value });

    /// <summary>Converts a number to single precision.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator AttributeValue(double value) => new(new AttrValue { F = (float)value });

    /// <summary>Converts a Boolean.</summary>
    /// <param name="value">The Boolean.</param>
    public static implicit operator AttributeValue(bool value) => new(new AttrValue { B = value });

    /// <summary>Converts a string; only its first 512 characters are kept.</summary>
    /// <param name="value">The string; null is treated as empty.</param>
    public static implicit operator AttributeValue(string? value) => new(new AttrValue { S = Text(value) });

    /// <summary>Converts a type.</summary>
    /// <param name="value">The type.</param>
    public static implicit operator AttributeValue(TensorType value) => new(new AttrValue { Type = (DataType)value });

    /// <summary>Converts integers; only the first 64 are kept.</summary>
    /// <param name="values">The numbers; null is treated as empty.</param>
    public static implicit operator AttributeValue(long[]? values) =>
        List(new AttrValue.Types.ListValue { I = { (values ?? []).Take(MostElements) } });

    /// <summary>Converts numbers; only the first 64 are kept.</summary>
    /// <param name="values">The numbers; null is treated as empty.</param>
    public static implicit operator AttributeValue(float[]? values) =>
        List(new AttrValue.Types.ListValue { F = { (values ?? []).Take(MostElements) } });

    /// <summary>Converts strings; only the first 64 are kept.</summary>
    /// <param name="values">The strings; null is treated as empty.</param>
    public static implicit operator AttributeValue(string[]? values) =>
        List(new AttrValue.Types.ListValue { S = { (values ?? []).Take(MostElements).Select(Text) } });

    /// <summary>Returns the value as culture-invariant text: arrays in brackets, types by name.</summary>
    /// <returns>The text; empty if there is no value.</returns>
    public override string ToString() => _value?.ValueCase switch
    {
        AttrValue.ValueOneofCase.S => _value.S.ToStringUtf8(),
        AttrValue.ValueOneofCase.I => _value.I.ToString(CultureInfo.InvariantCulture),
        AttrValue.ValueOneofCase.F => _value.F.ToString(CultureInfo.InvariantCulture),
        AttrValue.ValueOneofCase.B => _value.B ? "true" : "false",
        AttrValue.ValueOneofCase.Type => ((TensorType)_value.Type).ToString(),
        AttrValue.ValueOneofCase.Shape => TextOf(_value.Shape),
        AttrValue.ValueOneofCase.List => TextOf(_value.List),
        _ => "",
    };

    internal static AttributeValue Of(AttrValue value) => new(value);

    internal AttrValue ToAttrValue() => _value?.Clone() ?? new AttrValue { S = ByteString.Empty };

    private static AttributeValue List(AttrValue.Types.ListValue list) => new(new AttrValue { List = list });

    private static string TextOf(TensorShapeProto shape) =>
        shape.UnknownRank ? "[?]" : $"[{string.Join(", ", shape.Dim.Select(dim => dim.Size))}]";

    // A list holds values of one type.
    private static string TextOf(AttrValue.Types.ListValue list)
    {
        IEnumerable<string> elements = list.S.Select(text => text.ToStringUtf8())
            .Concat(list.I.Select(number => number.ToString(CultureInfo.InvariantCulture)))
            .Concat(list.F.Select(number => number.ToString(CultureInfo.InvariantCulture)))
            .Concat(list.B.Select(truth => truth ? "true" : "false"))
            .Concat(list.Type.Select(type => ((TensorType)type).ToString()))
            .Concat(list.Shape.Select(TextOf));
        return $"[{string.Join(", ", elements)}]";
    }

    private static ByteString Text(string? text) =>
        ByteString.CopyFromUtf8(text is { Length: > MostCharacters } ? text[..MostCharacters] + "…" : text ?? "");
}
