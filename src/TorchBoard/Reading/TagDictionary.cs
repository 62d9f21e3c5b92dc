using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchBoard;

/// <summary>
/// What was read, by tag, in the order in which the tags first appear. Immutable, thread-safe. A tag that is not
/// there is answered with the names that come nearest.
/// </summary>
/// <typeparam name="T">What is kept of a tag.</typeparam>
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

    /// <summary>How many tags there are.</summary>
    public int Count => _tags.Count;

    /// <summary>The tags.</summary>
    public IEnumerable<string> Keys => _tags;

    /// <summary>What is kept of each tag.</summary>
    public IEnumerable<T> Values => _tags.Select(tag => _values[tag]);

    /// <summary>What is kept of a tag.</summary>
    /// <param name="tag">The tag, exactly as it was written.</param>
    /// <exception cref="KeyNotFoundException">There is no such tag; the message names the nearest ones.</exception>
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

    /// <summary>Whether there is such a tag.</summary>
    /// <param name="key">The tag.</param>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <summary>What is kept of a tag, where there is one.</summary>
    /// <param name="key">The tag.</param>
    /// <param name="value">What is kept of it.</param>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(key, out value);

    /// <summary>The tags and what is kept of them.</summary>
    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() =>
        _tags.Select(tag => KeyValuePair.Create(tag, _values[tag])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
