using System.CommandLine;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Exports values for other programs.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private const string Csv = "csv";
    private const string JsonDocument = "json";
    private const string JsonLines = "jsonl";
    private const string Media = "files";

    private readonly Argument<string> _directory = DirectoryArgument();
    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "Scalars as csv, json or jsonl (JSON Lines); images, audio and text as files.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Csv,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The directory to write to. By default, scalars are written to standard output.",
        HelpName = "OUT",
        CustomParser = PathParser.One,
    };

    private readonly Selection _selection;

    public ExportCommand(Terminal terminal)
        : base(
            terminal, "export", "Exports scalars as CSV or JSON; images, audio and text as files.",
            ("export runs > scalars.csv", "Every point of every curve as run,tag,step,wall_time,value."),
            ("export runs --format jsonl --tag 'loss*'", "The matching curves as JSON Lines."),
            ("export runs --format json --output exported", "Every curve, to exported/scalars.json."),
            ("export runs --format files --tag 'samples/*' --output exported",
                "Images as exported/RUN/TAG/STEP.png."))
    {
        _format.AcceptOnlyFromAmong(Csv, JsonDocument, JsonLines, Media);
        _selection = new Selection(_directory);
        Arguments.Add(_directory);
        Options.Add(_format);
        _selection.AddTo(this);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string format = arguments.GetRequiredValue(_format);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        string? output = arguments.GetValue(_output);
        if (format == Media && output is null)
            throw new UsageException("--format files requires --output OUT.");

        // Without --format, --json selects the format.
        if (arguments.GetValue(Json) && arguments.GetResult(_format) is not { Implicit: false })
            format = JsonDocument;

        TagKind[] kinds = format == Media ? [TagKind.Image, TagKind.Audio, TagKind.Text] : [TagKind.Scalar];
        List<RunLog> runs = _selection.Open(arguments, Terminal, kinds);
        List<string> files = format == Media
            ? WriteMedia(runs, tags, output!, cancellationToken)
            : WriteScalars(runs, tags, format, output);
        if (output is null)
            return Task.FromResult(ExitCode.Fine);

        if (arguments.GetValue(Json))
            Terminal.WriteJson(new { Files = files });
        else
            Terminal.WriteLine($"{Shown.Count(files.Count, "file")} written to {Printable.Line(output)}");
        return Task.FromResult(ExitCode.Fine);
    }

    private List<string> WriteScalars(List<RunLog> runs, string[] tags, string format, string? output)
    {
        List<ScalarSeries> curves =
            [.. runs.SelectMany(run => run.Scalars.Values).Where(curve => Selection.Matches(tags, curve.Tag))];
        if (curves.Count == 0)
        {
            throw new UsageException(
                "No scalars are selected. '--format files --output OUT' writes images, audio and text.");
        }

        if (output is null)
        {
            Write(Terminal.Output, curves, format, isFile: false);
            return [];
        }

        Directory.CreateDirectory(output);
        string path = Path.GetFullPath(Path.Combine(output, "scalars." + format));
        using var file = new StreamWriter(path);
        Write(file, curves, format, isFile: true);
        return [path];
    }

    private static void Write(TextWriter output, List<ScalarSeries> curves, string format, bool isFile)
    {
        switch (format)
        {
            case JsonDocument:
                ScalarExport.WriteJson(output, curves);
                break;
            case JsonLines:
                ScalarExport.WriteJsonLines(output, curves);
                break;
            default:
                ScalarExport.WriteCsv(output, curves, isFile);
                break;
        }
    }

    private static List<string> WriteMedia(
        List<RunLog> runs, string[] tags, string output, CancellationToken cancellationToken)
    {
        var export = new MediaExport(new SafeNames(output));
        var files = new List<string>();
        foreach (RunLog run in runs)
        {
            foreach (TagInfo info in run.Tags.Values.Where(
                info => MediaExport.Takes(info.Kind) && Selection.Matches(tags, info.Tag)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                files.AddRange(export.Write(run, info));
            }
        }

        return files.Count > 0
            ? files
            : throw new UsageException("No images, audio or text are selected. '--format csv' writes scalars.");
    }
}
