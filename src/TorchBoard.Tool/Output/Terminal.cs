using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TorchBoard.Figures;

namespace TorchBoard.Tool.Output;

/// <summary>Where the tool writes: results to one writer, messages to another.</summary>
internal sealed class Terminal
{
    private const int MaxChartWidth = 100;
    private const int PipeWidth = 160;
    private const int PipeChartWidth = 80;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public Terminal(TextWriter output, TextWriter error)
    {
        Output = output;
        Error = error;
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether a person looks at the output as it comes.</summary>
    public bool IsInteractive { get; init; }

    public bool UsesColor { get; init; }

    public int Width { get; init; } = PipeWidth;

    public int Height { get; init; } = 24;

    public int ChartWidth => IsInteractive ? Math.Clamp(Width - 1, 24, MaxChartWidth) : PipeChartWidth;

    public static Terminal OfProcess()
    {
        if (Console.IsOutputRedirected)
            return new Terminal(Console.Out, Console.Error);
        bool color = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new Terminal(Console.Out, Console.Error)
        {
            IsInteractive = true,
            UsesColor = color,
            Width = Size(() => Console.WindowWidth, 80, 40),
            Height = Size(() => Console.WindowHeight, 24, 10),
        };
    }

    public void WriteLine(string text = "") => Output.WriteLine(text);

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

        // Borders that are blank still take a line.
        string[] lines = [.. text.ToString().Split('\n').Select(line => line.TrimEnd())];
        int first = Array.FindIndex(lines, line => line.Length > 0);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        for (int i = Math.Max(0, first); i <= last; i++)
            Output.WriteLine(lines[i]);
    }

    public void WriteChart(TextChart chart) => Output.WriteLine(chart.Render(UsesColor));

    /// <summary>A document in a line. NaN and the infinities, which JSON does not have, are strings.</summary>
    public void WriteJson(object document) => Output.WriteLine(Escaped(JsonSerializer.Serialize(document, Json)));

    /// <param name="message">What is wrong, in one line whatever names it holds.</param>
    public void Fail(string message) => Error.WriteLine("torchboard: " + Printable.Line(message));

    /// <summary>A message that has lines of its own.</summary>
    public void FailInLines(string message) => Error.WriteLine("torchboard: " + Printable.Lines(message));

    public void Warn(string message) => Error.WriteLine("torchboard: warning: " + Printable.Line(message));

    public string Bold(string text) => UsesColor ? $"\e[1m{text}\e[0m" : text;

    public string Green(string text) => UsesColor ? $"\e[32m{text}\e[0m" : text;

    public string Yellow(string text) => UsesColor ? $"\e[33m{text}\e[0m" : text;

    public string Red(string text) => UsesColor ? $"\e[31m{text}\e[0m" : text;

    public string Dim(string text) => UsesColor ? $"\e[2m{text}\e[0m" : text;

    // Such characters stand in strings only, which may have them as their numbers.
    private static string Escaped(string json)
    {
        if (!json.Any(Printable.IsCommand))
            return json;
        var escaped = new StringBuilder(json.Length + 16);
        foreach (char c in json)
        {
            if (Printable.IsCommand(c))
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    // A terminal without a size says 0, or throws.
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
