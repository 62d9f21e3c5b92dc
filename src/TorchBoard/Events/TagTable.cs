using System.Text;

namespace TorchBoard.Events;

/// <summary>Finds what is known of a tag by the tag's UTF-8 bytes, without making a string of them.</summary>
internal sealed class TagTable<T>
    where T : class
{
    private (int Hash, byte[] Tag, T Value)[] _entries = new (int, byte[], T)[64];
    private readonly List<T> _values = [];

    /// <summary>All that was added, in order.</summary>
    public IReadOnlyList<T> Values => _values;

    public T? Find(ReadOnlySpan<byte> tag)
    {
        int hash = Hash(tag);
        for (int i = hash; ; i++)
        {
            ref var entry = ref _entries[i & (_entries.Length - 1)];
            if (entry.Tag is null)
                return null;
            if (entry.Hash == hash && tag.SequenceEqual(entry.Tag))
                return entry.Value;
        }
    }

    public void Add(ReadOnlySpan<byte> tag, T value)
    {
        _values.Add(value);
        if (_values.Count > _entries.Length / 2)
        {
            var old = _entries;
            _entries = new (int, byte[], T)[old.Length * 2];
            foreach (var entry in old)
            {
                if (entry.Tag is not null)
                    Place(entry);
            }
        }

        Place((Hash(tag), tag.ToArray(), value));
    }

    /// <summary>A tag as text; what is no UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> tag) => Encoding.UTF8.GetString(tag);

    private void Place((int Hash, byte[] Tag, T Value) entry)
    {
        int i = entry.Hash;
        while (_entries[i & (_entries.Length - 1)].Tag is not null)
            i++;
        _entries[i & (_entries.Length - 1)] = entry;
    }

    // Seeded anew in each process, so that no file can be made to collide.
    private static int Hash(ReadOnlySpan<byte> tag)
    {
        var hash = new HashCode();
        hash.AddBytes(tag);
        return hash.ToHashCode();
    }
}
