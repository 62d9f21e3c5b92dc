using System.Globalization;

namespace TorchBoard;

/// <summary>Suggests existing names for a mistyped one.</summary>
internal static class NearestNames
{
    private const int Shown = 3;

    /// <param name="contents">What was searched, such as "scalar tags in run 'a'".</param>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="names">The names that exist.</param>
    public static string Message(string contents, string name, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return $"'{name}' was not found: there are no {contents}.";
        string nearest = string.Join(", ", To(name, names).Select(n => $"'{n}'"));
        string are = names.Count == 1 ? "that is the only one" : "the nearest";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"'{name}' was not found among the {names.Count} {contents}; {are}: {nearest}.");
    }

    public static IEnumerable<string> To(string name, IReadOnlyCollection<string> names) =>
        names.OrderBy(candidate => Distance(name, candidate)).ThenBy(n => n, StringComparer.Ordinal).Take(Shown);

    // The Levenshtein distance; a difference in case counts half, and the result is halved if one contains the other.
    private static int Distance(string a, string b)
    {
        int[] above = new int[b.Length + 1];
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            above[j] = 2 * j;

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = 2 * i;
            for (int j = 1; j <= b.Length; j++)
            {
                int exchange = above[j - 1] + Difference(a[i - 1], b[j - 1]);
                row[j] = Math.Min(exchange, 2 + Math.Min(above[j], row[j - 1]));
            }

            (above, row) = (row, above);
        }

        bool holds = a.Contains(b, StringComparison.OrdinalIgnoreCase)
            || b.Contains(a, StringComparison.OrdinalIgnoreCase);
        return holds ? above[b.Length] / 2 : above[b.Length];
    }

    private static int Difference(char a, char b) =>
        a == b ? 0 : char.ToUpperInvariant(a) == char.ToUpperInvariant(b) ? 1 : 2;
}
