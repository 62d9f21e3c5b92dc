using System.Globalization;

namespace TorchBoard.Monitoring;

/// <summary>Small files in which Linux tells about itself. A file that cannot be read tells nothing.</summary>
internal static class SystemFile
{
    /// <summary>Returns the text without space around it; null if it cannot be read.</summary>
    public static string? TextOf(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Returns the number that is all of the text; null if there is none.</summary>
    public static double? NumberOf(string path) => Number(TextOf(path));

    /// <summary>Returns the number behind a name in a file with a name and a number per line.</summary>
    public static double? NumberOf(string path, string name)
    {
        foreach (string line in (TextOf(path) ?? "").Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
                return Number(line[name.Length..].TrimStart(':').Trim());
        }

        return null;
    }

    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
