using System.Collections.Concurrent;

namespace TorchBoard.Plugins;

/// <summary>
/// Properties that the first value of each tag fixes for all later values, because TensorBoard keeps only the metadata
/// of the first value. Thread-safe.
/// </summary>
internal sealed class FixedForms<T>
    where T : IEquatable<T>
{
    private readonly ConcurrentDictionary<string, T> _byTag = new(StringComparer.Ordinal);

    /// <summary>Returns the form of the tag's first value; the given form if this is the first value.</summary>
    public T Of(string tag, T form) => _byTag.GetOrAdd(tag, form);
}
