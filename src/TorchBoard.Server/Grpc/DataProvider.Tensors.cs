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
        foreach ((string run, var tags) in query.In(index, Describe))
            response.Runs.Add(new ListTensorsResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ListTensorsResponse.Types.TagEntry? Describe(IndexedRun run, IndexedSeries series)
        {
            if (!series.TryGetExtent(out long maxStep, out double maxWallTime, out _))
                return null;
            limit.Add(series.Metadata.Length);
            return new()
            {
                TagName = series.Tag,
                Metadata = new()
                {
                    MaxStep = maxStep,
                    MaxWallTime = maxWallTime,
                    SummaryMetadata = Wrap(series.Metadata),
                },
            };
        }
    }

    public override Task<ReadTensorsResponse> ReadTensors(ReadTensorsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Tensor, request.PluginFilter, request.RunTagFilter);
        int count = SeriesQuery.CountOf(request.Downsample);
        var response = new ReadTensorsResponse();
        var limit = new MessageLimit();
        foreach ((string run, var tags) in query.In(index, Read))
            response.Runs.Add(new ReadTensorsResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ReadTensorsResponse.Types.TagEntry Read(IndexedRun run, IndexedSeries series)
        {
            var data = new TensorData();
            foreach (IndexedValue value in series.ReadValues(count))
            {
                limit.Add(value.Items[0].Length);
                data.Step.Add(value.Step);
                data.WallTime.Add(value.WallTime);
                data.Value.Add(Wrap(value.Items[0]));
            }

            return new() { TagName = series.Tag, Data = data };
        }
    }
}
