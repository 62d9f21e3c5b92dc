using TorchBoard.Histograms;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>The value of a tag in one event. Immutable, thread-safe.</summary>
public sealed class LoggedValue
{
    private readonly object? _value;

    internal LoggedValue(TagMetadata tag, double scalar, object? value)
    {
        Tag = tag.Tag;
        Kind = tag.Kind;
        PluginName = tag.PluginName;
        Scalar = scalar;
        _value = value;
    }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>The kind of the value.</summary>
    public TagKind Kind { get; }

    /// <summary>The name of the plugin in the tag's metadata; empty if there is none.</summary>
    public string PluginName { get; }

    /// <summary>The number of a <see cref="TagKind.Scalar"/>; NaN for other kinds.</summary>
    public double Scalar { get; }

    /// <summary>
    /// The value: a <see cref="double"/>, a <see cref="Histogram"/>, a list of <see cref="ImageSample"/>, a list of
    /// <see cref="AudioClip"/>, a <see cref="TextValue"/>, a <see cref="PrCurve"/>, a <see cref="MeshPart"/>, a
    /// <see cref="HyperparameterLog"/> or a <see cref="TensorValue"/>; null if there is none.
    /// </summary>
    public object? Value => Kind == TagKind.Scalar ? Scalar : _value;
}
