using System.Collections.Concurrent;

namespace TorchBoard.Plugins;

/// <summary>
/// What the first value of a tag settles for all later ones, because TensorBoard keeps only the first one's
/// metadata. Thread-safe.
/// </summary>
internal sealed class FixedForms<T>
    where T : IEquatable<T>
{
    // Made when it is needed: every writer has some of these, and few have such values.
    private ConcurrentDictionary<string, T>? _byTag;

    /// <summary>The form that the tag has had from its first value on: the given one where this is the first.</summary>
    public T Of(string tag, T form) =>
        LazyInitializer.EnsureInitialized(ref _byTag, () => new(StringComparer.Ordinal)).GetOrAdd(tag, form);
}
