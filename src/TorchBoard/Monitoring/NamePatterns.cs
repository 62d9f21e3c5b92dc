using System.IO.Enumeration;

namespace TorchBoard.Monitoring;

/// <summary>Patterns of names: <c>*</c> is any text, <c>?</c> any character; letters match in either case.</summary>
internal sealed class NamePatterns
{
    private readonly string[] _patterns;

    /// <exception cref="ArgumentException">There is no pattern, or one is null or empty.</exception>
    public NamePatterns(IEnumerable<string> patterns, string argument)
    {
        ArgumentNullException.ThrowIfNull(patterns, argument);
        _patterns = [.. patterns];
        if (_patterns.Length == 0)
            throw new ArgumentException("At least one name is required, such as 'MyCompany.*'; there are none.", argument);
        foreach (string pattern in _patterns)
            ArgumentException.ThrowIfNullOrEmpty(pattern, argument);
    }

    public bool Match(string name)
    {
        foreach (string pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true))
                return true;
        }

        return false;
    }

    public override string ToString() => string.Join("', '", _patterns);
}
