using Grpc.Core;
using TorchBoard.Indexing;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Grpc;

internal sealed partial class DataProvider
{
    public override Task<ListTensorsResponse> ListTensors(ListTensorsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Tensor, request.PluginFilter, request.RunTagFilter);
        var response = new ListTensorsResponse();
        var limit = new MessageLimit();
        foreach ((IndexedRun run, IEnumerable<IndexedSeries> all) in query.In(index))
        {
            var entry = new ListTensorsResponse.Types.RunEntry { RunName = run.Name };
            foreach (IndexedSeries series in all)
            {
                if (!series.TryGetExtent(out long maxStep, out double maxWallTime, out _))
                    continue;
                limit.Add(series.Metadata.Length);
                entry.Tags.Add(new ListTensorsResponse.Types.TagEntry
                {
                    TagName = series.Tag,
                    Metadata = new TensorMetadata
                    {
                        MaxStep = maxStep,
                        MaxWallTime = maxWallTime,
                        SummaryMetadata = Wrap(series.Metadata),
                    },
                });
            }

            if (entry.Tags.Count > 0)
                response.Runs.Add(entry);
        }

        return Task.FromResult(response);
    }

    public override Task<ReadTensorsResponse> ReadTensors(ReadTensorsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Tensor, request.PluginFilter, request.RunTagFilter);
        int count = SeriesQuery.CountOf(request.Downsample);
        var response = new ReadTensorsResponse();
        var limit = new MessageLimit();
        foreach ((IndexedRun run, IEnumerable<IndexedSeries> all) in query.In(index))
        {
            var entry = new ReadTensorsResponse.Types.RunEntry { RunName = run.Name };
            foreach (IndexedSeries series in all)
            {
                var data = new TensorData();
                foreach (IndexedValue value in series.ReadValues(count))
                {
                    limit.Add(value.Items[0].Length);
                    data.Step.Add(value.Step);
                    data.WallTime.Add(value.WallTime);
                    data.Value.Add(Wrap(value.Items[0]));
                }

                entry.Tags.Add(new ReadTensorsResponse.Types.TagEntry { TagName = series.Tag, Data = data });
            }

            if (entry.Tags.Count > 0)
                response.Runs.Add(entry);
        }

        return Task.FromResult(response);
    }
}
