using Google.Protobuf;
using Grpc.Core;
using TorchBoard.Indexing;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Grpc;

/// <summary>Answers TensorBoard from the index, without waiting for it to load.</summary>
internal sealed partial class DataProvider(RunIndex index) : TensorBoardDataProvider.TensorBoardDataProviderBase
{
    public override Task<GetExperimentResponse> GetExperiment(GetExperimentRequest request, ServerCallContext context) =>
        Task.FromResult(new GetExperimentResponse { DataLocation = index.Path });

    public override Task<ListPluginsResponse> ListPlugins(ListPluginsRequest request, ServerCallContext context)
    {
        var names = index.Runs.SelectMany(run => run.Series).Select(series => series.PluginName)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return Task.FromResult(new ListPluginsResponse { Plugins = { names.Select(name => new Plugin { Name = name }) } });
    }

    public override Task<ListRunsResponse> ListRuns(ListRunsRequest request, ServerCallContext context)
    {
        // Runs without events are not shown yet.
        var runs =
            from run in index.Runs
            let start = run.StartTime
            where start is not null
            orderby start
            select new Run { Name = run.Name, StartTime = start.Value };
        return Task.FromResult(new ListRunsResponse { Runs = { runs } });
    }

    private static ByteString Wrap(ReadOnlyMemory<byte> bytes) => UnsafeByteOperations.UnsafeWrap(bytes);
}
