using System.CommandLine;
using TorchBoard.Tool.Exporting;
using TorchBoard.Tool.Exporting.Parquet;
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
    private const string JsonPerLine = "jsonl";
    private const string Media = "files";
    private const string Parquet = "parquet";

    private readonly Argument<string[]> _directories = DirectoriesArgument();
    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "csv, json (scalars only), jsonl (JSON Lines), parquet (data sets of all kinds), or files (images, "
            + "audio, text, tensors).",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => Csv,
    };

    private readonly Option<string[]> _kinds = new("--kind", "-k")
    {
        Description = "Only this kind of values; can be repeated: " + string.Join(", ", ExportedKind.All.Select(kind => kind.Name))
            + ". By default, scalars as text, and all kinds in other formats.",
        HelpName = "KIND",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "The columns of CSV, with commas: run, tag, step, wall_time, date, relative (seconds since the run's "
            + "first point), and those of the kind, such as value.",
        HelpName = "NAMES",
    };

    private readonly Option<bool> _wide = new("--wide")
    {
        Description = "A column of CSV for each tag, and one line for each run and step.",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The directory to write to. By default, text is written to standard output.",
        HelpName = "OUT",
        CustomParser = PathParser.One,
    };

    private readonly Selection _selection;

    public ExportCommand(Terminal terminal)
        : base(
            terminal, "export", "Exports values as CSV, JSON or Parquet; images, audio, text and tensors as files.",
            ("export runs > scalars.csv", "Every point of every curve as run,tag,step,wall_time,value."),
            ("export runs --wide --tag 'loss/*' > losses.csv", "A column for each tag: run,step,loss/train,loss/test."),
            ("export runs --columns run,tag,step,relative,date,value", "Seconds since the run's first point, and dates."),
            ("export runs --kind histograms > buckets.csv", "A line for each bucket."),
            ("export runs --format jsonl --tag 'loss*'", "The matching curves as JSON Lines."),
            ("export runs --format json --output exported", "Every curve, to exported/scalars.json."),
            ("export runs --format parquet --output data", "Data sets such as data/scalars/run=NAME/part-0.parquet."),
            ("export runs --format files --tag 'samples/*' --output exported",
                "Images as exported/RUN/TAG/STEP.png."))
    {
        _format.AcceptOnlyFromAmong(Csv, JsonDocument, JsonPerLine, Parquet, Media);
        _kinds.AcceptOnlyFromAmong([.. ExportedKind.All.Select(kind => kind.Name)]);
        _selection = new Selection(_directories);
        Arguments.Add(_directories);
        Options.Add(_format);
        Options.Add(_kinds);
        _selection.AddTo(this);
        Options.Add(_columns);
        Options.Add(_wide);
        Options.Add(_output);
        Options.Add(Json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string format = arguments.GetRequiredValue(_format);
        string? output = arguments.GetValue(_output);

        // Without --format, --json selects the format.
        if (arguments.GetValue(Json) && arguments.GetResult(_format) is not { Implicit: false })
            format = JsonDocument;
        if (output is null && format is Media or Parquet)
            throw new UsageException($"--format {format} requires --output OUT.");
        if (format != Csv && (arguments.GetValue(_wide) || arguments.GetValue(_columns) is not null))
            throw new UsageException("--wide and --columns are for --format csv.");

        ExportedKind[] kinds = KindsOf(arguments, format);
        if (output is null)
        {
            if (kinds.Length > 1)
                throw new UsageException("Standard output is for one --kind; write several with --output OUT.");
            TextExport[] text = [ExportOf(arguments, format, kinds[0], Terminal.Output, isFile: false, cancellationToken)];
            WriteText(arguments, text, kinds, cancellationToken);
            return ExitCode.Fine;
        }

        foreach (string path in new LogDirectories(arguments.GetRequiredValue(_directories)).Paths().Where(path => !ObjectStores.Has(path)))
            OutputDirectory.ThrowIfLinkedInto(output, path);
        using var files = new NewFiles(output, mayReplace: true);
        IReadOnlyList<string> paths = format switch
        {
            Media => WriteMedia(arguments, files, kinds, output, cancellationToken),
            Parquet => await WriteParquetAsync(arguments, files, kinds, output, cancellationToken).ConfigureAwait(false),
            _ => WriteText(arguments, files, kinds, format, output, cancellationToken),
        };
        files.Complete();
        if (arguments.GetValue(Json))
            Terminal.WriteJson(new JsonFields { ["files"] = paths.ToArray() });
        else
            Terminal.WriteLine($"{Shown.Count(paths.Count, "file")} written to {Printable.Line(output)}");
        return ExitCode.Fine;
    }

    private ExportedKind[] KindsOf(ParseResult arguments, string format)
    {
        string[] names = arguments.GetRequiredValue(_kinds);
        ExportedKind[] possible = [.. ExportedKind.All.Where(kind => format switch
        {
            Csv => kind == ExportedKind.Scalars || kind == ExportedKind.Hyperparameters || ValueCsv.ColumnsOf(kind.Kind) is not null,
            JsonDocument => kind == ExportedKind.Scalars,
            JsonPerLine => kind.Kind is not (TagKind.Image or TagKind.Audio),
            Media => MediaExport.Kinds.Contains(kind.Kind),
            _ => true,
        })];
        if (names.FirstOrDefault(name => !possible.Any(kind => kind.Name == name)) is { } other)
        {
            string all = string.Join(", ", possible.Select(kind => kind.Name));
            throw new UsageException($"--format {format} has no {other}, but {all}.");
        }

        if (arguments.GetValue(_wide) && names.Any(name => name != ExportedKind.Scalars.Name))
            throw new UsageException("--wide is for scalars.");
        if (names.Length > 0)
            return [.. possible.Where(kind => names.Contains(kind.Name))];
        return format is Media or Parquet ? possible : [ExportedKind.Scalars];
    }

    private TextExport ExportOf(
        ParseResult arguments, string format, ExportedKind kind, TextWriter output, bool isFile,
        CancellationToken cancellationToken)
    {
        if (format == JsonPerLine)
            return new JsonLines(output, kind);
        if (format == JsonDocument)
            return new ScalarJson(output);
        var csv = new CsvWriter(output, isFile);
        string? columns = arguments.GetValue(_columns);
        if (arguments.GetValue(_wide))
            return new WideCsv(csv, CsvColumns.Wide(columns), ScalarTags(arguments, cancellationToken));
        return kind.Kind switch
        {
            TagKind.Scalar => new ScalarCsv(csv, CsvColumns.Of(columns, ScalarCsv.Value)),
            TagKind.Hyperparameters => new HyperparameterCsv(csv, CsvColumns.Only(columns, HyperparameterCsv.AllColumns)),
            _ => new ValueCsv(csv, kind.Kind, CsvColumns.Of(columns, ValueCsv.ColumnsOf(kind.Kind)!)),
        };
    }

    private List<string> ScalarTags(ParseResult arguments, CancellationToken cancellationToken)
    {
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        return [.. _selection.Open(arguments, Terminal.Silent).Each(TagsOnly, cancellationToken)
            .SelectMany(run => run.Tags.Values).Where(info => info.Kind == TagKind.Scalar && Selection.Matches(tags, info.Tag))
            .Select(info => info.Tag).Distinct(StringComparer.Ordinal)];
    }

    private List<string> WriteText(
        ParseResult arguments, NewFiles files, ExportedKind[] kinds, string format, string output,
        CancellationToken cancellationToken)
    {
        string[] paths = [.. kinds.Select(kind => Path.GetFullPath(Path.Combine(output, $"{kind.Name}.{format}")))];
        var writers = new List<StreamWriter>();
        try
        {
            var exports = new List<TextExport>();
            foreach ((ExportedKind kind, string path) in kinds.Zip(paths))
            {
                writers.Add(new StreamWriter(files.Add(path)));
                exports.Add(ExportOf(arguments, format, kind, writers[^1], isFile: true, cancellationToken));
            }

            WriteText(arguments, exports, kinds, cancellationToken);
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }

        return [.. paths];
    }

    private void WriteText(
        ParseResult arguments, IReadOnlyList<TextExport> exports, ExportedKind[] kinds, CancellationToken cancellationToken)
    {
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        foreach (ExportedRun run in Open(arguments, kinds, cancellationToken))
        {
            foreach (TextExport export in exports)
                export.Write(run, tags, cancellationToken);
        }

        foreach (TextExport export in exports)
            export.Complete();
        if (exports.All(export => export.IsEmpty))
            throw Nothing(kinds);
    }

    private List<string> WriteMedia(
        ParseResult arguments, NewFiles files, ExportedKind[] kinds, string output, CancellationToken cancellationToken)
    {
        var export = new MediaExport(new SafeNames(output), files);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        List<string> paths =
        [
            .. Open(arguments, kinds, cancellationToken)
                .SelectMany(run => export.Write(run, [.. kinds.Select(kind => kind.Kind)], tags)),
        ];
        return paths.Count > 0 ? paths : throw Nothing(kinds);
    }

    private async Task<IReadOnlyList<string>> WriteParquetAsync(
        ParseResult arguments, NewFiles files, ExportedKind[] kinds, string output, CancellationToken cancellationToken)
    {
        var export = new ParquetExport(output, files, Terminal.Warn);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        foreach (ExportedRun run in Open(arguments, kinds, cancellationToken))
            await export.WriteAsync(run, kinds, tags, cancellationToken).ConfigureAwait(false);
        return export.Paths.Count > 0 ? export.Paths : throw Nothing(kinds);
    }

    private IEnumerable<ExportedRun> Open(ParseResult arguments, ExportedKind[] kinds, CancellationToken cancellationToken) =>
        new ExportedRuns(_selection.Open(arguments, Terminal))
            .Read(withCurves: kinds.Contains(ExportedKind.Scalars), cancellationToken);

    private static UsageException Nothing(ExportedKind[] kinds) => new(
        $"No {string.Join(", ", kinds.Select(kind => kind.Name))} are selected. 'torchboard list' shows what there is; "
        + "'--format files --output OUT' writes images, audio, text and tensors.");
}
