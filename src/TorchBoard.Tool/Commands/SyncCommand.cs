using System.CommandLine;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;
using TorchBoard.Tool.Syncing;

namespace TorchBoard.Tool.Commands;

/// <summary>Copies runs between a directory and an object store.</summary>
internal sealed class SyncCommand : ToolCommand
{
    // The last copy takes at most 30 seconds.
    private static readonly TimeSpan LastCopy = TimeSpan.FromSeconds(35);

    private readonly Argument<string> _source = DirectoryArgument(
        "SOURCE", "A log directory, or the path of an object store.", PathParser.OneOrStored);

    private readonly Argument<string> _destination = DirectoryArgument(
        "DESTINATION", "The path of an object store, or a directory, which is created if necessary.",
        PathParser.OneOrStored);

    private readonly Option<bool> _follow = new("--follow") { Description = "Copy what is added until the command is ended." };

    private readonly Option<double> _interval = new("--interval")
    {
        Description = "Seconds between checks for new data with --follow.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => new SyncOptions().Interval.TotalSeconds,
    };

    private readonly Option<string?> _spool = new("--spool")
    {
        Description = "The directory with data that killed programs left on the way to the store, if programs set another "
            + "than the usual one.",
        HelpName = "DIR",
        CustomParser = PathParser.One,
    };

    public SyncCommand(Terminal terminal)
        : base(
            terminal, "sync",
            "Copies event files between a directory and an object store, as far as they differ, and uploads what killed "
            + "programs left on the way to it. Deletes nothing.",
            ("sync runs s3://bucket/runs", "Copies the runs of any writer to a bucket."),
            ("sync runs s3://bucket/runs --follow", "Copies them as they grow."),
            ("sync az://container/runs runs", "Copies the runs of a container to a directory."))
    {
        Arguments.Add(_source);
        Arguments.Add(_destination);
        Options.Add(_follow);
        Options.Add(_interval);
        Options.Add(_spool);
        Options.Add(Json);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string source = arguments.GetRequiredValue(_source);
        string destination = arguments.GetRequiredValue(_destination);
        double interval = arguments.GetValue(_interval);
        if (!(interval >= 1 && interval <= TimeSpan.FromDays(24).TotalSeconds))
            throw new UsageException(FormattableString.Invariant($"--interval must be from 1 to 2073600 seconds; was {interval}."));
        if (arguments.GetValue(_follow))
            Interruption.Patience = LastCopy;
        bool isJson = arguments.GetValue(Json);
        var report = new SyncReport(Terminal, isJson);
        var options = new SyncOptions
        {
            Follow = arguments.GetValue(_follow),
            Interval = TimeSpan.FromSeconds(interval),
            OnFile = report.Add,
        };
        (SyncResult result, long left) = (ObjectStores.Of(source), ObjectStores.Of(destination)) switch
        {
            (null, { } to) => await UploadAsync(source, to, destination, arguments.GetValue(_spool), options, cancellationToken)
                .ConfigureAwait(false),
            ({ } from, null) => (await RunSync.FromStorageAsync(from, source, destination, options, cancellationToken)
                .ConfigureAwait(false), 0),
            (null, null) => throw new UsageException(
                $"Neither '{source}' nor '{destination}' is in an object store, such as s3://bucket/runs."),
            _ => throw new UsageException(
                $"Both '{source}' and '{destination}' are in object stores; copy the runs to a directory first."),
        };
        if (isJson)
        {
            Terminal.WriteJson(new JsonFields
            {
                ["copied"] = result.Copied,
                ["unchanged"] = result.Unchanged,
                ["failed"] = result.Failed,
                ["bytes"] = result.Bytes,
                ["spooledBytes"] = left,
            });
        }
        else
        {
            Terminal.WriteLine(
                $"{Shown.Count(result.Copied, "file")} copied ({Shown.Bytes(result.Bytes)}), "
                + $"{Shown.Count(result.Unchanged)} unchanged, {Shown.Count(result.Failed)} failed"
                + (left > 0 ? $"; {Shown.Bytes(left)} of killed programs uploaded" : ""));
        }

        return result.Failed == 0 ? ExitCode.Fine : ExitCode.No;
    }

    private async Task<(SyncResult Result, long Left)> UploadAsync(
        string source, ObjectStorage store, string destination, string? spool, SyncOptions options,
        CancellationToken cancellationToken)
    {
        long left = 0;
        try
        {
            left = await RunSync.UploadSpoolAsync(store, destination, spool, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (options.Follow)
        {
            Terminal.Warn(e.Message);
        }

        return (await RunSync.ToStorageAsync(source, store, destination, options, cancellationToken)
            .ConfigureAwait(false), left);
    }
}
