using System.CommandLine;
using System.Globalization;
using System.Net;
using TorchBoard.Indexing;
using TorchBoard.Server;
using TorchBoard.Storage;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Serving;

/// <summary>
/// What TensorBoard starts as its data server: <c>torchboard --logdir=runs --port=0 --port-file=FILE …</c>, without the name
/// of a command.
/// </summary>
internal sealed class DataServerCommand : ToolCommand
{
    /// <summary>A name that nobody types; the options alone tell the command.</summary>
    public const string HiddenName = "data-server";

    // TensorBoard's own data server ends with these.
    private const int BadLogDirectory = 8;
    private const int CannotBind = 9;

    private readonly Option<string> _logdir = new("--logdir") { Required = true };
    private readonly Option<string> _host = new("--host") { DefaultValueFactory = _ => "localhost" };
    private readonly Option<int> _port = new("--port") { DefaultValueFactory = _ => 6806 };
    private readonly Option<TimeSpan> _reload = new("--reload")
    {
        CustomParser = ReloadInterval.Parse,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(5),
    };

    // TensorBoard passes an empty text where nothing is asked for.
    private readonly Option<IReadOnlyDictionary<string, int>> _samples = new("--samples-per-plugin")
    {
        CustomParser = SampleCounts.Parse,
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _portFile = new("--port-file");
    private readonly Option<string?> _errorFile = new("--error-file");
    private readonly Option<bool> _dieAfterStdin = new("--die-after-stdin");
    private readonly Option<bool[]> _verbose = new("--verbose", "-v") { Arity = ArgumentArity.ZeroOrMore };

    public DataServerCommand(Terminal terminal)
        : base(terminal, HiddenName, "Serves runs to the TensorBoard that starts it.")
    {
        Hidden = true;
        Options.Add(_logdir);
        Options.Add(_host);
        Options.Add(_port);
        Options.Add(_reload);
        Options.Add(_samples);
        Options.Add(_portFile);
        Options.Add(_errorFile);
        Options.Add(_dieAfterStdin);
        Options.Add(_verbose);
    }

    /// <summary>Whether a command line is TensorBoard's.</summary>
    public static bool IsMeant(IReadOnlyList<string> args) =>
        args.Count > 0 && (args[0] == "--logdir" || args[0].StartsWith("--logdir=", StringComparison.Ordinal));

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        bool isVerbose = arguments.GetResult(_verbose) is not null;
        string host = arguments.GetRequiredValue(_host);
        if (!IPAddress.TryParse(host == "localhost" ? "127.0.0.1" : host, out IPAddress? address))
            return await FailAsync(arguments, CannotBind, $"'{host}' is not an address of this machine.").ConfigureAwait(false);

        string logdir = arguments.GetRequiredValue(_logdir);
        if (File.Exists(logdir) && !Path.GetFileName(logdir).Contains(EventFileName.Marker, StringComparison.Ordinal))
        {
            return await FailAsync(arguments, BadLogDirectory, $"'{logdir}' is neither a directory nor an event file.")
                .ConfigureAwait(false);
        }

        RunServer server;
        try
        {
            server = RunServer.Start(logdir, ServerOptions(arguments, logdir, address, isVerbose));
        }
        catch (Exception e) when (e is ArgumentException or UsageException)
        {
            return await FailAsync(arguments, BadLogDirectory, e.Message).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            return await FailAsync(arguments, CannotBind, e.Message).ConfigureAwait(false);
        }

        await using (server)
        {
            if (arguments.GetValue(_portFile) is { } portFile)
                WriteAtomically(portFile, string.Create(CultureInfo.InvariantCulture, $"{server.GrpcEndPoint.Port}\n"));
            if (isVerbose || arguments.GetValue(_portFile) is null)
                Terminal.Error.WriteLine($"listening on {server.GrpcEndPoint}");
            Task end = arguments.GetValue(_dieAfterStdin)
                ? Task.Factory.StartNew(
                    WaitForEndOfInput, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : Task.Delay(Timeout.Infinite, cancellationToken);
            await Task.WhenAny(end, Task.Delay(Timeout.Infinite, cancellationToken)).ConfigureAwait(false);
        }

        return ExitCode.Fine;
    }

    private RunServerOptions ServerOptions(
        ParseResult arguments, string logdir, IPAddress address, bool isVerbose) => new()
        {
            GrpcPort = arguments.GetValue(_port),
            GrpcHost = address,
            ServePage = false,
            OnWarning = Terminal.Warn,
            Index = new RunIndexOptions
            {
                Storage = ObjectStores.Of(logdir),
                ReloadInterval = arguments.GetValue(_reload),
                Samples = arguments.GetValue(_samples) ?? new Dictionary<string, int>(),
                OnCorruptRecord = isVerbose
                ? error => Terminal.Error.WriteLine(Shown.Damage(error))
                : null,
                OnReloaded = isVerbose
                ? time => Terminal.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"loaded in {time.TotalMilliseconds:0.0} ms"))
                : null,
            },
        };

    private async Task<int> FailAsync(ParseResult arguments, int exitCode, string message)
    {
        if (arguments.GetValue(_errorFile) is { } errorFile)
            await File.WriteAllTextAsync(errorFile, $"{message}\n", CancellationToken.None).ConfigureAwait(false);
        else
            Terminal.Fail(message);
        return exitCode;
    }

    // TensorBoard reads the file while it is written.
    private static void WriteAtomically(string path, string text)
    {
        string unfinished = $"{path}.tmp";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }

    private static void WaitForEndOfInput()
    {
        using Stream input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
        }
    }
}
