using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchBoard;

/// <summary>
/// Data by tag, in the order in which the tags first appear. Immutable, thread-safe. The exception for a missing tag
/// suggests similar names.
/// </summary>
/// <typeparam name="T">The type of the data.</typeparam>
public sealed class TagDictionary<T> : IReadOnlyDictionary<string, T>
{
    private readonly string _contents;
    private readonly List<string> _tags = [];
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);

    internal TagDictionary(string contents, IEnumerable<KeyValuePair<string, T>> values)
    {
        _contents = contents;
        foreach ((string tag, T value) in values)
        {
            _tags.Add(tag);
            _values.Add(tag, value);
        }
    }

    /// <summary>The number of tags.</summary>
    public int Count => _tags.Count;

    /// <summary>The tags.</summary>
    public IEnumerable<string> Keys => _tags;

    /// <summary>The data of each tag.</summary>
    public IEnumerable<T> Values => _tags.Select(tag => _values[tag]);

    /// <summary>The data of a tag.</summary>
    /// <param name="tag">The tag, exactly as written.</param>
    /// <exception cref="KeyNotFoundException">The tag does not exist; the message names the nearest ones.</exception>
    public T this[string tag]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(tag);
            return _values.TryGetValue(tag, out T? value)
                ? value
                : throw new KeyNotFoundException(NearestNames.Message(_contents, tag, _tags));
        }
    }

    /// <summary>Whether the tag exists.</summary>
    /// <param name="key">The tag.</param>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>Gets the data of a tag if it exists.</summary>
    /// <param name="key">The tag.</param>
    /// <param name="value">The data of the tag.</param>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(key, out value);

    /// <summary>Enumerates the tags and their data.</summary>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() =>
        _tags.Select(tag => KeyValuePair.Create(tag, _values[tag])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
