using TorchBoard.Histograms;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>A tag's value in one event. Immutable, thread-safe.</summary>
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

    /// <summary>What the value is.</summary>
    public TagKind Kind { get; }

    /// <summary>The plugin that the tag's metadata names; empty where there is none.</summary>
    public string PluginName { get; }

    /// <summary>The number, of a <see cref="TagKind.Scalar"/>; NaN for other kinds.</summary>
    public double Scalar { get; }

    /// <summary>
    /// The value: a <see cref="double"/>, <see cref="Histogram"/>, list of <see cref="ImageSample"/>, list of
    /// <see cref="AudioClip"/>, <see cref="TextValue"/>, <see cref="PrCurve"/>, <see cref="MeshPart"/>,
    /// <see cref="HyperparameterLog"/> or <see cref="TensorValue"/>; null where there is none.
    /// </summary>
    public object? Value => Kind == TagKind.Scalar ? Scalar : _value;
}
