using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Gives a tag of any kind a name to be shown in its place, and a description, which the dashboards show on
    /// demand beside it.
    /// </summary>
    /// <param name="tag">The tag, such as <c>loss/train</c>; for AddPrCurves, the tag of a class.</param>
    /// <param name="displayName">
    /// What to show in the tag's place; the tag by default. The Time Series and Text dashboards show the tag all the
    /// same.
    /// </param>
    /// <param name="description">Markdown; none by default.</param>
    /// <remarks>
    /// To be called before the first value of the tag is added: TensorBoard takes name and description from that
    /// one, and later calls have no effect there. Thread-safe. Points of a described curve take a slower path, some
    /// microseconds and allocations each.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null or empty, neither name nor description is given, or one of the three is no valid Unicode.
    /// </exception>
    public void Describe(string tag, string? displayName = null, string? description = null)
    {
        Tag.ThrowIfInvalid(tag);
        if (string.IsNullOrEmpty(displayName) && string.IsNullOrEmpty(description))
        {
            throw new ArgumentException(
                $"The tag '{tag}' is given neither a display name nor a description; give at least one of them.",
                nameof(displayName));
        }

        Tag.ThrowIfNotUnicode(displayName ?? "", nameof(displayName));
        Tag.ThrowIfNotUnicode(description ?? "", nameof(description));
        _run.Describe(tag, new TagDescription(displayName ?? "", description ?? ""));
    }
}
