using System.Runtime.CompilerServices;
using System.Text;

namespace TorchBoard.Scanning;

/// <summary>Finds the entry of a tag by its UTF-8 bytes, without creating a string.</summary>
internal sealed class TagTable<T>
    where T : class
{
    private Entry?[] _entries = new Entry?[64];
    private Entry? _last;
    private int _count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T? Find(ReadOnlySpan<byte> tag)
    {
        // A training loop writes the same tags in the same order at each step.
        if (_last?.Next is { } expected && tag.SequenceEqual(expected.Tag))
        {
            _last = expected;
            return expected.Value;
        }

        if (Search(tag) is not { } found)
            return null;
        _last?.Next = found;
        _last = found;
        return found.Value;
    }

    public void Add(ReadOnlySpan<byte> tag, T value)
    {
        _count++;
        if (_count > _entries.Length / 2)
        {
            Entry?[] old = _entries;
            _entries = new Entry?[old.Length * 2];
            foreach (Entry? entry in old)
            {
                if (entry is not null)
                    Place(entry);
            }
        }

        Place(new Entry(Hash(tag), tag.ToArray(), value));
    }

    /// <summary>Decodes a tag; invalid UTF-8 becomes U+FFFD.</summary>
    public static string Text(ReadOnlySpan<byte> tag) => Encoding.UTF8.GetString(tag);

    private Entry? Search(ReadOnlySpan<byte> tag)
    {
        int hash = Hash(tag);
        for (int i = hash; ; i++)
        {
            Entry? entry = _entries[i & (_entries.Length - 1)];
            if (entry is null || (entry.Hash == hash && tag.SequenceEqual(entry.Tag)))
                return entry;
        }
    }

    private void Place(Entry entry)
    {
        int i = entry.Hash;
        while (_entries[i & (_entries.Length - 1)] is not null)
            i++;
        _entries[i & (_entries.Length - 1)] = entry;
    }

    // Seeded differently in each process, so that no file can cause collisions on purpose.
    private static int Hash(ReadOnlySpan<byte> tag)
    {
        var hash = new HashCode();
        hash.AddBytes(tag);
        return hash.ToHashCode();
    }

    private sealed class Entry(int hash, byte[] tag, T value)
    {
        public int Hash { get; } = hash;

        public byte[] Tag { get; } = tag;

        public T Value { get; } = value;

        /// <summary>The entry that followed this one the last time.</summary>
        public Entry? Next { get; set; }
    }
}
