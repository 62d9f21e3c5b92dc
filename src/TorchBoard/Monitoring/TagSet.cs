using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchBoard.Monitoring;

/// <summary>The tags of measurements, in the order in which they are passed, and their series.</summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags, uint hash, MeasuredSeries series)
{
    public uint Hash => hash;

    public MeasuredSeries Series => series;

    /// <summary>Hashes the values of tags; returns false if one of them cannot be hashed.</summary>
    public static bool TryHash(ReadOnlySpan<KeyValuePair<string, object?>> tags, out uint hash)
    {
        ulong sum = (ulong)tags.Length;
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            ulong one = 0;
            if (tag.Value is string text)
            {
                one = HashOf(text);
            }
            else if (tag.Value is { } value && !TryHash(value, out one))
            {
                hash = 0;
                return false;
            }

            sum = BitOperations.RotateLeft(sum, 19) ^ one;
        }

        hash = (uint)((sum * 0x9E3779B97F4A7C15) >> 32);
        return true;
    }

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        KeyValuePair<string, object?>[] own = tags;
        if (own.Length != others.Length)
            return false;
        for (int i = 0; i < own.Length; i++)
        {
            ref readonly KeyValuePair<string, object?> other = ref others[i];
            if (!ReferenceEquals(own[i].Key, other.Key) && own[i].Key != other.Key)
                return false;
            if (!ReferenceEquals(own[i].Value, other.Value) && !AreEqual(own[i].Value, other.Value))
                return false;
        }

        return true;
    }

    // A text's length and its first, middle and last characters: quicker than the whole, and equal texts are compared whole.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(string text)
    {
        ref char first = ref MemoryMarshal.GetReference<char>(text);
        int length = text.Length;
        if (length < 4)
            return length == 0 ? 0 : (ulong)length << 48 | (ulong)text[length / 2] << 32 | (ulong)text[^1] << 16 | first;
        return Four(ref first)
            ^ BitOperations.RotateLeft(Four(ref Unsafe.Add(ref first, (length - 4) >> 1)), 23)
            ^ BitOperations.RotateLeft(Four(ref Unsafe.Add(ref first, length - 4)), 41)
            ^ ((ulong)length << 9);
    }

    private static ulong Four(ref char first) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref first));

    // The code of a value must not fail the code that measures.
    private static bool TryHash(object value, out ulong hash)
    {
        try
        {
            hash = (uint)value.GetHashCode();
            return true;
        }
        catch (Exception)
        {
            hash = 0;
            return false;
        }
    }

    private static bool AreEqual(object? one, object? other)
    {
        if (one is string text)
            return other is string otherText && text == otherText;
        try
        {
            return one is not null && other is not null && one.Equals(other);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
