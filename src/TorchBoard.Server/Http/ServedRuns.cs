using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using TorchBoard.Indexing;
using TorchBoard.Reading;

namespace TorchBoard.Server.Http;

/// <summary>
/// The runs of an index with numbers. A name keeps its number as long as the server runs. Thread-safe.
/// </summary>
/// <param name="index">The index.</param>
/// <param name="grpc">The address at which stock TensorBoard can read the runs; null if there is none.</param>
/// <param name="reload">The time between two checks of a place that reports no changes; null for other places.</param>
/// <param name="isReport">Whether the runs are those of a report, which never changes.</param>
internal sealed class ServedRuns(RunIndex index, IPEndPoint? grpc, TimeSpan? reload = null, bool isReport = false)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private IReadOnlyList<IndexedRun> _listed = [];
    private NumberedRun[] _runs = [];
    private Dictionary<int, IndexedRun> _byId = [];

    /// <summary>Distinguishes the numbers of this server from those of an earlier one, which a page may still have.</summary>
    public string Epoch { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    public RunIndex Index => index;

    /// <summary>
    /// The version of the index. It depends on the order in which runs are read. A report needs none and has 0, so that the same runs
    /// give the same bytes.
    /// </summary>
    public long Version => isReport ? 0 : index.Version;

    /// <summary>The command that shows the runs in stock TensorBoard; null if there is none.</summary>
    public string? Command { get; } = grpc is null
        ? null
        : FormattableString.Invariant(
            $"tensorboard --grpc_data_provider {(IPAddress.IsLoopback(grpc.Address) ? "localhost" : Environment.MachineName)}:{grpc.Port}");

    /// <summary>The number of seconds within which changes are noticed; null for at once, or never.</summary>
    public double? ReloadSeconds { get; } = reload is { } time && time != Timeout.InfiniteTimeSpan ? time.TotalSeconds : null;

    /// <summary>The runs at present, in natural order of their names.</summary>
    public IReadOnlyList<NumberedRun> Runs
    {
        get
        {
            lock (_gate)
            {
                Update();
                return _runs;
            }
        }
    }

    /// <summary>The version of a series; 0 in a report.</summary>
    public long VersionOf(IndexedSeries series) => isReport ? 0 : series.Version;

    public bool TryFind(int id, [MaybeNullWhen(false)] out IndexedRun run)
    {
        lock (_gate)
        {
            Update();
            return _byId.TryGetValue(id, out run);
        }
    }

    private void Update()
    {
        IReadOnlyList<IndexedRun> listed = index.Runs;
        if (ReferenceEquals(listed, _listed))
            return;
        _listed = listed;
        IndexedRun[] sorted = [.. listed.OrderBy(run => run.Name, NaturalOrder.Instance)];
        _runs = new NumberedRun[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (!_ids.TryGetValue(sorted[i].Name, out int id))
                _ids.Add(sorted[i].Name, id = _ids.Count + 1);
            _runs[i] = new NumberedRun(id, sorted[i]);
        }

        _byId = _runs.ToDictionary(run => run.Id, run => run.Run);
    }
}
