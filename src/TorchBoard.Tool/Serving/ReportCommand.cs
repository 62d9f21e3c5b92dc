using System.CommandLine;
using TorchBoard.Indexing;
using TorchBoard.Server;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Files;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Serving;

/// <summary>Writes the page of runs as one file.</summary>
internal sealed class ReportCommand : ToolCommand
{
    private const int DefaultMebibytes = 16;
    private const int MostMebibytes = 1024;

    private readonly Argument<string> _directory = DirectoryArgument(
        description: "A log directory, a run's directory or an event file; s3://BUCKET/PATH or az://CONTAINER/PATH for runs in an "
            + "object store.",
        parser: PathParser.OneOrStored);

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The HTML file to write, such as run.html.",
        HelpName = "FILE",
        Required = true,
        CustomParser = PathParser.One,
    };

    private readonly Option<int> _maxSize = new("--max-size")
    {
        Description = $"The maximum size of the file, in MiB: {DefaultMebibytes} by default. If necessary, curves have fewer points and "
            + "values are left out, with a warning.",
        HelpName = "MIB",
        DefaultValueFactory = _ => DefaultMebibytes,
    };

    private readonly Option<IReadOnlyDictionary<string, int>> _samples = new("--samples-per-plugin")
    {
        Description = SampleCounts.Description,
        HelpName = "COUNTS",
        CustomParser = SampleCounts.Parse,
    };

    private readonly Selection _selection;

    public ReportCommand(Terminal terminal)
        : base(
            terminal, "report",
            "Writes the page of 'torchboard serve' as one HTML file with all data, to mail and to open from disk.",
            ("report runs/first -o run.html", "All curves, pictures and other values of a run."),
            ("report runs -o losses.html --tag 'loss/*'", "Only the matching tags, of all runs."),
            ("report runs -o all.html --max-size 100", "A file of up to 100 MiB."))
    {
        _selection = new Selection(_directory);
        Arguments.Add(_directory);
        Options.Add(_output);
        _selection.AddTo(this);
        Options.Add(_maxSize);
        Options.Add(_samples);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string directory = arguments.GetRequiredValue(_directory);
        string output = arguments.GetRequiredValue(_output);
        string[] runs = arguments.GetRequiredValue(_selection.Runs);
        string[] tags = arguments.GetRequiredValue(_selection.Tags);
        int mebibytes = arguments.GetValue(_maxSize);
        if (mebibytes is < 1 or > MostMebibytes)
            throw new UsageException($"--max-size must be between 1 and {Shown.Count(MostMebibytes)} MiB; was {Shown.Count(mebibytes)}.");
        var options = new RunReportOptions
        {
            Runs = name => Selection.Matches(runs, name),
            Tags = name => Selection.Matches(tags, name),
            MaxBytes = (long)mebibytes << 20,
            OnWarning = Terminal.Warn,
            Index = new RunIndexOptions
            {
                Storage = ObjectStores.Of(directory),
                Samples = arguments.GetValue(_samples) ?? new Dictionary<string, int>(),
                OnCorruptRecord = error => Terminal.Warn(Shown.Damage(error)),
            },
        };
        if (options.Index.Storage is null && !Path.Exists(directory))
            throw new UsageException($"'{directory}' does not exist.");
        await Report.WriteAsync(output, stream => RunReport.WriteAsync(directory, stream, options, cancellationToken))
            .ConfigureAwait(false);
        if (new FileInfo(output) is { Exists: true, Attributes: var attributes } file && !attributes.HasFlag(FileAttributes.Device))
            Terminal.Error.WriteLine($"{Printable.Line(output)}: {Shown.Bytes(file.Length)}");
        return ExitCode.Fine;
    }
}
