namespace TorchBoard.Tool.Rewriting;

/// <summary>A tag's new name, or that of all tags that a pattern with one <c>*</c> fits.</summary>
internal sealed class TagRename
{
    private readonly string _from;
    private readonly string _to;

    /// <exception cref="UsageException">
    /// There is more than one star, or one in the new name alone, or no name.
    /// </exception>
    public TagRename(string from, string to)
    {
        int stars = from.Count(c => c == '*');
        if (stars > 1)
            throw new UsageException($"A pattern to rename by has one *; '{from}' has {stars}.");
        if (to.Count(c => c == '*') != stars)
            throw new UsageException($"'{from}' and '{to}' must have a * both, or neither.");
        if (to.Length == 0)
            throw new UsageException("The new tag must not be empty.");
        _from = from;
        _to = to;
    }

    /// <summary>The new name; null for a tag that is not meant.</summary>
    public string? Apply(string tag)
    {
        int star = _from.IndexOf('*', StringComparison.Ordinal);
        if (star < 0 || tag == _from)
            return tag == _from ? _to : null;
        ReadOnlySpan<char> before = _from.AsSpan(0, star);
        ReadOnlySpan<char> after = _from.AsSpan(star + 1);
        bool fits = tag.Length >= before.Length + after.Length
            && tag.AsSpan()
                .StartsWith(before, StringComparison.Ordinal) && tag
                .AsSpan()
                .EndsWith(after, StringComparison.Ordinal);
        return fits
            ? _to.Replace("*", tag[before.Length..(tag.Length - after.Length)], StringComparison.Ordinal)
            : null;
    }
}
