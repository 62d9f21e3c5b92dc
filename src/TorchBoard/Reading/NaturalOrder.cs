namespace TorchBoard.Reading;

/// <summary>
/// The order of names in which numbers count by their value: <c>version_2</c> before <c>version_10</c>. Numbers with
/// leading zeros, such as the decimals of <c>lr0.01</c>, and everything else are in ordinal order.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        while (!left.IsEmpty && !right.IsEmpty)
        {
            ReadOnlySpan<char> leftPart = TakePart(ref left);
            ReadOnlySpan<char> rightPart = TakePart(ref right);
            int order = IsNumber(leftPart) && IsNumber(rightPart) ? leftPart.Length.CompareTo(rightPart.Length) : 0;
            if (order == 0)
                order = leftPart.SequenceCompareTo(rightPart);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool IsNumber(ReadOnlySpan<char> part) => part[0] is >= '1' and <= '9';

    // Returns the digits of a number, or one other character.
    private static ReadOnlySpan<char> TakePart(ref ReadOnlySpan<char> rest)
    {
        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        ReadOnlySpan<char> part = rest[..Math.Max(digits, 1)];
        rest = rest[part.Length..];
        return part;
    }
}
