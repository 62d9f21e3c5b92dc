using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchBoard.Monitoring;

namespace TorchBoard.Provenance;

/// <summary>Where a run comes from, as rows of a table: what the program was started as, of which commit, on which machine.</summary>
internal static class RunEnvironment
{
    private const int LongestValue = 4000;

    /// <summary>Returns the rows. Takes as long as <c>git</c> and the drivers of GPUs do.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(EnvironmentOptions options, string directory)
    {
        var rows = new List<IReadOnlyList<string>>();
        if (options.CommandLine)
            Add(rows, "command line", () => AsCode(MaskedText.CommandLine(Environment.GetCommandLineArgs())));
        Add(rows, "program", Program);
        Add(rows, "working directory", () => AsCode(directory));
        AddGit(rows, options, directory);
        Add(rows, "host", () => Environment.MachineName);
        Add(rows, "system", () => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        Add(rows, ".NET", () => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        Add(rows, "processors", Processors);
        Add(rows, "memory", () => HumanBytes.Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        Add(rows, "limits of the container", Limits);
        Add(rows, "GPUs", () => string.Join('\n', SystemProbes.DescribeGpus()) is { Length: > 0 } gpus ? gpus : "none found");
        Add(rows, "packages", () => string.Join(", ", PackageVersions.Of(DependencyList())));
        foreach (string name in options.Variables)
            Add(rows, name, () => Environment.GetEnvironmentVariable(name) is { } value ? MaskedText.Variable(name, value) : null);
        return rows;
    }

    /// <summary>Returns the current directory, which may have been deleted.</summary>
    public static string WorkingDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Asterisks and underscores would be Markdown.
    private static string AsCode(string text) => text.Length == 0 || text.Contains('`') ? text : $"`{text}`";

    private static void AddGit(List<IReadOnlyList<string>> rows, EnvironmentOptions options, string directory)
    {
        GitState? git = null;
        try
        {
            // A service may be started elsewhere.
            git = GitState.Of(directory, "git", options.GitTimeout)
                ?? GitState.Of(AppContext.BaseDirectory, "git", options.GitTimeout);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // As if there were none.
        }

        Add(rows, "git commit", () => git?.Commit ?? "no repository");
        if (git is null)
            return;
        Add(rows, "git branch", () => git.Branch);
        Add(rows, "git state", () => git.Changes);
    }

    // No fact is worth an exception: one that cannot be found out says so.
    private static void Add(List<IReadOnlyList<string>> rows, string name, Func<string?> value)
    {
        string? text;
        try
        {
            text = value();
        }
        catch (Exception e)
        {
            text = $"not known: {e.Message}";
        }

        if (string.IsNullOrEmpty(text))
            return;
        string cut = text.Length > LongestValue ? $"{text[..LongestValue]}…" : text;

        // A lone surrogate of an argument or a path becomes U+FFFD.
        rows.Add([name, string.Concat(cut.EnumerateRunes())]);
    }

    private static string? Program() => Assembly.GetEntryAssembly() is { } entry
        ? $"{entry.GetName().Name} "
            + (entry.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? $"{entry.GetName().Version}")
        : null;

    private static string Processors()
    {
        string count = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        string? model = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return model is null ? count : $"{count} × {model}";
    }

    private static string? Limits()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        ContainerLimits limits = ContainerLimits.Read("/");
        return string.Join(", ", ((string?[])[
            limits.MemoryLimit is { } memory ? HumanBytes.Of((long)memory) : null,
            limits.ProcessorLimit is { } processors ? string.Create(CultureInfo.InvariantCulture, $"{processors:0.##} processors") : null,
        ]).OfType<string>());
    }

    private static string? DependencyList() =>
        (AppContext.GetData("APP_CONTEXT_DEPS_FILES") as string)?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
