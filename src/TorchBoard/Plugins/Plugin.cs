using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// The requirements of a TensorBoard dashboard on its tags. <see cref="PluginTable"/> lists all plugins.
/// </summary>
/// <param name="Name">The name in a tag's metadata.</param>
/// <param name="Kind">The kind of the values; None if the form of the tag's first value determines it.</param>
internal sealed record Plugin(string Name, TagKind Kind)
{
    /// <summary>The values in words, for messages; the plugin's name by default.</summary>
    public string Values { get; init; } = Name;

    /// <summary>
    /// The data class to write. One of TensorBoard's readers lists tags by it. If it is Unknown, that reader shows the
    /// tag only without a data class.
    /// </summary>
    public DataClass DataClass { get; init; }

    /// <summary>Whether readers serve the values as files, whose names contain the tag.</summary>
    public bool NamesBlobs { get; init; }

    /// <summary>Whether tags with another data class are not shown.</summary>
    public bool RequiresDataClass { get; init; }

    /// <summary>The form of values that are not tensors; None if there is no such form.</summary>
    public ValueForm LegacyForm { get; init; }

    /// <summary>The rule for tensors to be shown; null if there is none.</summary>
    public TensorRule? Tensor { get; init; }
}
