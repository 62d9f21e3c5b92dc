using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Gives a tag of any kind a display name and a description, which the dashboards show on demand.
    /// </summary>
    /// <param name="tag">The tag, such as <c>loss/train</c>; for AddPrCurves, the tag of a class.</param>
    /// <param name="displayName">
    /// The name to show instead of the tag; the tag by default. The Time Series and Text dashboards always show the
    /// tag.
    /// </param>
    /// <param name="description">Markdown; none by default.</param>
    /// <remarks>
    /// Call it before adding the first value of the tag: TensorBoard takes name and description from that value, and
    /// later calls have no effect. Thread-safe. Points of a described curve take a slower path, which costs a few
    /// microseconds and allocations each.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null or empty, both name and description are missing, or one of the three is not valid Unicode.
    /// </exception>
    public void Describe(string tag, string? displayName = null, string? description = null)
    {
        Tag.ThrowIfInvalid(tag);
        if (string.IsNullOrEmpty(displayName) && string.IsNullOrEmpty(description))
        {
            throw new ArgumentException(
                $"The tag '{tag}' must have a display name or a description; both are missing.",
                nameof(displayName));
        }

        Tag.ThrowIfNotUnicode(displayName ?? "", nameof(displayName));
        Tag.ThrowIfNotUnicode(description ?? "", nameof(description));
        _run.Describe(tag, new TagDescription(displayName ?? "", description ?? ""));
    }
}
