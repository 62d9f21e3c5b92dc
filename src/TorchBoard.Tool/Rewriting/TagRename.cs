namespace TorchBoard.Tool.Rewriting;

/// <summary>Renames a tag, or all tags that match a pattern with one <c>*</c>.</summary>
internal sealed class TagRename
{
    private readonly string _from;
    private readonly string _to;

    /// <exception cref="UsageException">
    /// There is more than one star, only one of the names has a star, or the new name is empty.
    /// </exception>
    public TagRename(string from, string to)
    {
        int stars = from.Count(c => c == '*');
        if (stars > 1)
            throw new UsageException($"A rename pattern must have at most one *; '{from}' has {stars}.");
        if (to.Count(c => c == '*') != stars)
            throw new UsageException($"Both or neither of '{from}' and '{to}' must have a *.");
        if (to.Length == 0)
            throw new UsageException("The new tag must not be empty.");
        _from = from;
        _to = to;
    }

    /// <summary>Returns the new name; null if the tag does not match.</summary>
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
