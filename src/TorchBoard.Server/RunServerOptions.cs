using System.Net;
using System.Runtime.CompilerServices;
using TorchBoard.Indexing;

namespace TorchBoard.Server;

/// <summary>Options for a <see cref="RunServer"/>.</summary>
public sealed record RunServerOptions
{
    internal const int DefaultGrpcPort = 6806;

    internal static RunServerOptions Default { get; } = new();

    /// <summary>
    /// The port of the page; 0 for any free one. 6006 by default, like TensorBoard. If it is in use, the page is on the next
    /// free one, with a warning (<see cref="OnWarning"/>).
    /// </summary>
    public int Port
    {
        get;
        init => field = Valid(value);
    } = 6006;

    /// <summary>
    /// The address on which the page is served: <c>127.0.0.1</c>, the default, for browsers on this machine only;
    /// <c>0.0.0.0</c> or <c>::</c> for all networks; or an address of this machine. On addresses other than loopback,
    /// the page requires the <see cref="Token"/>.
    /// </summary>
    public IPAddress Host
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Host));
    } = IPAddress.Loopback;

    /// <summary>
    /// The secret that a browser needs to read the runs; a part of <see cref="RunServer.PageUrl"/>. Null, the default, means
    /// none on a loopback address, and a random one on others.
    /// </summary>
    public string? Token
    {
        get;
        init => field = value is ""
            ? throw new ArgumentException($"{nameof(Token)} must not be empty; null is for the default.", nameof(Token))
            : value;
    }

    /// <summary>
    /// Names or addresses of this machine, other than <c>localhost</c>, <see cref="Host"/> and the machine's own name, by which
    /// browsers reach the page, such as that of a proxy. Requests for any other name are refused, because a foreign site can
    /// make its name resolve to this machine. None by default.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(AllowedHosts));
    } = [];

    /// <summary>Whether the page is served; true by default.</summary>
    public bool ServePage { get; init; } = true;

    /// <summary>
    /// The port for gRPC, by which stock TensorBoard reads the runs; 0 for any free one. Null, the default, means 6806, like
    /// TensorBoard's own data server, or the next free one, with a warning (<see cref="OnWarning"/>).
    /// </summary>
    public int? GrpcPort
    {
        get;
        init => field = value is { } port ? Valid(port) : null;
    }

    /// <summary>
    /// The address on which gRPC is served: <c>127.0.0.1</c>, the default, for programs on this machine only;
    /// <c>0.0.0.0</c> or <c>::</c> for all networks; or an address of this machine. TensorBoard has no token: anyone who
    /// can reach an address other than loopback can read the runs, which causes a warning (<see cref="OnWarning"/>).
    /// </summary>
    public IPAddress GrpcHost
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(GrpcHost));
    } = IPAddress.Loopback;

    /// <summary>
    /// How the runs are loaded; by default with as many samples as TensorBoard's readers keep, and four million
    /// <see cref="RunIndexOptions.ExtraPoints"/> (96 MB), so that few long curves can be enlarged.
    /// </summary>
    public RunIndexOptions Index
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Index));
    } = new() { ExtraPoints = 4_000_000 };

    /// <summary>Called with warnings, each a sentence; null, the default, to write them to the standard error stream.</summary>
    public Action<string>? OnWarning { get; init; }

    internal void Warn(string message) => (OnWarning ?? Console.Error.WriteLine)(message);

    private static int Valid(int port, [CallerMemberName] string name = "") => port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
        ? port
        : throw new ArgumentOutOfRangeException(name, port, $"{name} must be between 0 and 65535.");
}
