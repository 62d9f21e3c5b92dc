using System.Text.Json;

namespace TorchBoard.Provenance;

/// <summary>The packages of the program with their versions.</summary>
internal static class PackageVersions
{
    /// <summary>
    /// Returns them as the program's list of dependencies has them; without a list, as in a native program, the assemblies that
    /// are loaded and not of the framework.
    /// </summary>
    /// <param name="list">The path of the list, a <c>.deps.json</c>; null if there is none.</param>
    public static IReadOnlyList<string> Of(string? list)
    {
        try
        {
            if (list is not null && File.Exists(list))
                return Parse(File.ReadAllBytes(list));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            // The assemblies tell instead.
        }

        return
        [
            .. AppDomain.CurrentDomain.GetAssemblies()
                .Select(assembly => assembly.GetName())
                .Where(name => name.Name is { } text && !text.StartsWith("System.", StringComparison.Ordinal)
                    && text is not ("System" or "mscorlib" or "netstandard"))
                .Select(name => $"{name.Name} {name.Version}").Order(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string[] Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Replace('/', ' ')).Order(StringComparer.OrdinalIgnoreCase),
        ];
    }
}
