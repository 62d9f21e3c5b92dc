using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// The requirements of a TensorBoard dashboard on its tags. <see cref="PluginTable"/> lists all plugins.
/// </summary>
/// <param name="Name">The name in a tag's metadata.</param>
/// <param name="Kind">The kind of the values; None if the form of the tag's first value determines it.</param>
/// <param name="Values">The values in words, for messages.</param>
/// <param name="DataClass">
/// The data class to write. One of TensorBoard's readers lists tags by it. If it is Unknown, that reader shows the tag
/// only without a data class.
/// </param>
/// <param name="RequiresDataClass">Whether tags with another data class are not shown.</param>
/// <param name="NamesBlobs">Whether readers serve the values as files, whose names contain the tag.</param>
/// <param name="LegacyForm">The form of values that are not tensors; None if there is no such form.</param>
/// <param name="Tensor">The rule for tensors to be shown; null if there is none.</param>
internal sealed record Plugin(
    string Name,
    TagKind Kind,
    string Values,
    DataClass DataClass = DataClass.Unknown,
    bool RequiresDataClass = false,
    bool NamesBlobs = false,
    ValueForm LegacyForm = ValueForm.None,
    TensorRule? Tensor = null);
