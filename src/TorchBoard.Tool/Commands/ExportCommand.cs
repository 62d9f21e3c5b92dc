using System.CommandLine;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Rewriting;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>Exports values for other programs.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private const string Csv = "csv";
    private const string JsonDocument = "json";
    private const string JsonLines = "jsonl";
    private const string Media = "files";

    private readonly Argument<string[]> _directories = DirectoriesArgument();
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
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
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

        OpenedRuns runs = _selection.Open(arguments, Terminal);
        if (output is null)
        {
            WriteScalars(Terminal.Output, runs, tags, format, isFile: false, cancellationToken);
            return Task.FromResult(ExitCode.Fine);
        }

        foreach (string path in new LogDirectories(arguments.GetRequiredValue(_directories)).Paths())
            OutputDirectory.ThrowIfLinkedInto(output, path);
        using var files = new NewFiles(output, mayReplace: true);
        List<string> paths = format == Media
            ? WriteMedia(files, runs, tags, output, cancellationToken)
            : WriteScalars(files, runs, tags, format, output, cancellationToken);
        files.Complete();
        if (arguments.GetValue(Json))
            Terminal.WriteJson(new JsonFields { ["files"] = paths.ToArray() });
        else
            Terminal.WriteLine($"{Shown.Count(paths.Count, "file")} written to {Printable.Line(output)}");
        return Task.FromResult(ExitCode.Fine);
    }

    private static List<string> WriteScalars(
        NewFiles files, OpenedRuns runs, string[] tags, string format, string output,
        CancellationToken cancellationToken)
    {
        string path = Path.GetFullPath(Path.Combine(output, "scalars." + format));
        using (var file = new StreamWriter(files.Add(path)))
            WriteScalars(file, runs, tags, format, isFile: true, cancellationToken);
        return [path];
    }

    private static void WriteScalars(
        TextWriter output, OpenedRuns runs, string[] tags, string format, bool isFile,
        CancellationToken cancellationToken)
    {
        bool isAny = false;
        Write(output, Curves(), format, isFile);
        if (!isAny)
        {
            throw new UsageException(
                "No scalars are selected. '--format files --output OUT' writes images, audio and text.");
        }

        // One run at a time is in memory.
        IEnumerable<ScalarSeries> Curves()
        {
            foreach (RunLog run in runs.Each(ToolCommand.Curves, cancellationToken))
            {
                foreach (ScalarSeries curve in run.Scalars.Values.Where(curve => Selection.Matches(tags, curve.Tag)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    isAny = true;
                    yield return curve;
                }
            }
        }
    }

    private static void Write(TextWriter output, IEnumerable<ScalarSeries> curves, string format, bool isFile)
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
        NewFiles files, OpenedRuns runs, string[] tags, string output, CancellationToken cancellationToken)
    {
        var export = new MediaExport(new SafeNames(output), files);
        var paths = new List<string>();
        var media = new RunLogOptions { Kinds = [TagKind.Image, TagKind.Audio, TagKind.Text] };
        foreach (RunLog run in runs.Each(media, cancellationToken))
        {
            foreach (TagInfo info in run.Tags.Values.Where(
                info => MediaExport.Takes(info.Kind) && Selection.Matches(tags, info.Tag)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                paths.AddRange(export.Write(run, info));
            }
        }

        return paths.Count > 0
            ? paths
            : throw new UsageException("No images, audio or text are selected. '--format csv' writes scalars.");
    }
}
