namespace TorchBoard.Writing;

/// <summary>Finds a name that is used twice among named values.</summary>
internal static class RepeatedName
{
    // Up to here, comparing all pairs is faster than a set and allocates nothing.
    private const int Few = 16;

    /// <exception cref="ArgumentException">Two values have the same name.</exception>
    public static void ThrowIfAny<T>(ReadOnlySpan<(string Name, T Value)> values, string kind, string argument)
    {
        HashSet<string>? names = values.Length > Few ? new(values.Length, StringComparer.Ordinal) : null;
        for (int i = 0; i < values.Length; i++)
        {
            string name = values[i].Name;
            if (names is null ? Has(values[..i], name) : !names.Add(name))
                throw new ArgumentException($"The {kind} '{name}' is named twice.", argument);
        }
    }

    private static bool Has<T>(ReadOnlySpan<(string Name, T Value)> values, string name)
    {
        foreach ((string other, _) in values)
        {
            if (other == name)
                return true;
        }

        return false;
    }
}
