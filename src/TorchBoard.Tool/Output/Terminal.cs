using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using TorchBoard.Figures;

namespace TorchBoard.Tool.Output;

/// <summary>The tool's output: one writer for results, another for messages.</summary>
internal sealed class Terminal
{
    private const int MaxChartWidth = 100;
    private const int BufferedCharacters = 1 << 15;
    public const int PipeWidth = 160;
    private const int PipeChartWidth = 80;

    public Terminal(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
    }

    /// <summary>A terminal that shows nothing.</summary>
    public static Terminal Silent { get; } = new(TextWriter.Null, TextWriter.Null);

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether the output is a terminal.</summary>
    public bool IsInteractive { get; init; }

    public bool UsesColor { get; init; }

    /// <summary>Whether the terminal has all colors instead of 256.</summary>
    public bool HasManyColors { get; init; }

    /// <summary>Whether the output is the log of GitHub Actions, whose runner obeys commands in it.</summary>
    public bool IsOnGitHub { get; init; }

    /// <summary>The file whose Markdown GitHub shows on the page of a workflow run; null elsewhere.</summary>
    public string? StepSummary { get; init; } = Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY");

    public int Width { get; init; } = PipeWidth;

    public int Height { get; init; } = 24;

    public int ChartWidth => IsInteractive ? Math.Clamp(Width - 1, 24, MaxChartWidth) : PipeChartWidth;

    public static Terminal OfProcess()
    {
        bool isOnGitHub = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";
        if (Console.IsOutputRedirected)
            return new Terminal(RedirectedOutput(), Console.Error) { IsOnGitHub = isOnGitHub };
        bool color = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Terminal(Console.Out, Console.Error)
        {
            IsInteractive = true,
            IsOnGitHub = isOnGitHub,
            UsesColor = color,
            HasManyColors = Environment.GetEnvironmentVariable("COLORTERM") is "truecolor" or "24bit",
            Width = Size(() => Console.WindowWidth, 80, 40),
            Height = Size(() => Console.WindowHeight, 24, 10),
        };
    }

    private static TextWriter RedirectedOutput() => OperatingSystem.IsWindows()
        ? Console.Out
        : new StreamWriter(
            new StandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferedCharacters);

    public void WriteLine(string text = "") => Output.WriteLine(Harmless(text));

    public void Write(IRenderable renderable)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = UsesColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(renderable);

        // Blank borders still occupy a line.
        string[] lines = [.. text.ToString().Split('\n').Select(line => line.TrimEnd())];
        int first = Array.FindIndex(lines, line => line.Length > 0);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        for (int i = Math.Max(0, first); i <= last; i++)
            WriteLine(lines[i]);
    }

    public void WriteChart(TextChart chart) => WriteLine(chart.Render(UsesColor));

    /// <summary>Writes escape sequences that a terminal shows as a picture, never to anything else.</summary>
    public void WriteGraphics(string sequences)
    {
        if (IsInteractive)
            Output.WriteLine(sequences);
    }

    /// <summary>Writes a document in one line. NaN and the infinities, which JSON lacks, are strings.</summary>
    public void WriteJson(object document) => Output.WriteLine(Escaped(Json.Of(document, Json.Readable)));

    /// <param name="message">The message, written in one line.</param>
    public void Fail(string message) => WriteError(Printable.Line(message));

    /// <summary>Writes a message of several lines.</summary>
    public void FailInLines(string message) => WriteError(Printable.Lines(message));

    public void Warn(string message) => WriteError("warning: " + Printable.Line(message));

    /// <summary>Writes a command to GitHub's runner, which reads both streams.</summary>
    public void WriteAnnotation(string command) => WriteErrorLine(command);

    public string Bold(string text) => UsesColor ? $"\e[1m{text}\e[0m" : text;

    public string Green(string text) => UsesColor ? $"\e[32m{text}\e[0m" : text;

    public string Yellow(string text) => UsesColor ? $"\e[33m{text}\e[0m" : text;

    public string Red(string text) => UsesColor ? $"\e[31m{text}\e[0m" : text;

    public string Dim(string text) => UsesColor ? $"\e[2m{text}\e[0m" : text;

    private void WriteError(string message) => WriteErrorLine(Harmless("torchboard: " + message));

    // Nobody can be told that standard error cannot be written.
    private void WriteErrorLine(string line)
    {
        try
        {
            Error.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    // The runner obeys lines that begin with two colons, and two number signs with a bracket anywhere; names in files can
    // have both. Characters that look alike are shown in their place.
    private string Harmless(string text)
    {
        if (!IsOnGitHub || (!text.Contains("::", StringComparison.Ordinal) && !text.Contains("##[", StringComparison.Ordinal)))
            return text;
        string[] lines = text.Replace("##[", "##［", StringComparison.Ordinal).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int start = lines[i].Length - lines[i].TrimStart().Length;
            if (lines[i].AsSpan(start).StartsWith("::"))
                lines[i] = string.Concat(lines[i].AsSpan(0, start), "∷", lines[i].AsSpan(start + 2));
        }

        return string.Join('\n', lines);
    }

    // These characters occur only in strings, where JSON can escape them.
    private static string Escaped(string json)
    {
        if (!Printable.HasCommand(json))
            return json;
        var escaped = new StringBuilder(json.Length + 16);
        foreach (Rune rune in json.EnumerateRunes())
        {
            string text = rune.ToString();
            if (!Printable.IsCommand(rune))
                escaped.Append(text);
            else
                escaped.AppendJoin("", text.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));
        }

        return escaped.ToString();
    }

    // A terminal without a size returns 0 or throws.
    private static int Size(Func<int> size, int otherwise, int least)
    {
        try
        {
            return size() is var n and > 0 ? Math.Max(n, least) : otherwise;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return otherwise;
        }
    }
}
