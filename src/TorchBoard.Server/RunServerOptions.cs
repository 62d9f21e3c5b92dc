using System.Net;
using TorchBoard.Indexing;

namespace TorchBoard.Server;

/// <summary>Options for a <see cref="RunServer"/>.</summary>
public sealed record RunServerOptions
{
    internal static RunServerOptions Default { get; } = new();

    /// <summary>The port for gRPC; 0 for any free port. 6806 by default, as TensorBoard's own data server.</summary>
    public int GrpcPort
    {
        get;
        init => field = value is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            ? value
            : throw new ArgumentOutOfRangeException(nameof(GrpcPort), value, $"{nameof(GrpcPort)} must be between 0 and 65535.");
    } = 6806;

    /// <summary>
    /// The address to listen on: <c>127.0.0.1</c>, the default, for programs on this machine only; <c>0.0.0.0</c> or
    /// <c>::</c> for all networks; or an address of this machine. Anyone who reaches any other address than a loopback one
    /// can read the runs, which <see cref="OnWarning"/> tells.
    /// </summary>
    public IPAddress Host
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Host));
    } = IPAddress.Loopback;

    /// <summary>How the runs are loaded; by default with as many samples as TensorBoard's readers keep.</summary>
    public RunIndexOptions Index
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Index));
    } = new();

    /// <summary>Called with warnings, each a sentence; null, the default, to write them to the standard error stream.</summary>
    public Action<string>? OnWarning { get; init; }
}
