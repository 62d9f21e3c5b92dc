using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>What a dashboard of TensorBoard wants of the tags that it shows. <see cref="PluginTable"/> has them all.</summary>
/// <param name="Name">The name in a tag's metadata.</param>
/// <param name="Kind">What the values are; None where the form of a tag's first value says it.</param>
internal sealed record Plugin(string Name, TagKind Kind)
{
    /// <summary>
    /// The data class that is written. One of TensorBoard's readers lists a tag by it. Where it is Unknown, it has to
    /// stay so for that reader to show the tag.
    /// </summary>
    public DataClass DataClass { get; init; }

    /// <summary>Whether a tag with another data class is not shown.</summary>
    public bool RequiresDataClass { get; init; }

    /// <summary>The form that values have without being tensors; None where there is no such form.</summary>
    public ValueForm LegacyForm { get; init; }

    /// <summary>What a tensor must be to be shown; null where any is.</summary>
    public TensorRule? Tensor { get; init; }
}
