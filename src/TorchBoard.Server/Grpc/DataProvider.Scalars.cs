using Grpc.Core;
using TorchBoard.Indexing;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Grpc;

internal sealed partial class DataProvider
{
    private const int BytesOfPoint = sizeof(long) + sizeof(double) + sizeof(float);

    public override Task<ListScalarsResponse> ListScalars(ListScalarsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Scalar, request.PluginFilter, request.RunTagFilter);
        var response = new ListScalarsResponse();
        var limit = new MessageLimit();
        foreach ((string run, var tags) in query.In(index, Describe))
            response.Runs.Add(new ListScalarsResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ListScalarsResponse.Types.TagEntry? Describe(IndexedRun run, IndexedSeries series)
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

    public override Task<ReadScalarsResponse> ReadScalars(ReadScalarsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Scalar, request.PluginFilter, request.RunTagFilter);
        int count = SeriesQuery.CountOf(request.Downsample);
        var response = new ReadScalarsResponse();
        var limit = new MessageLimit();
        foreach ((string run, var tags) in query.In(index, Read))
            response.Runs.Add(new ReadScalarsResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ReadScalarsResponse.Types.TagEntry Read(IndexedRun run, IndexedSeries series)
        {
            ScalarSeries points = series.ReadScalars(count);
            limit.Add((long)points.Count * BytesOfPoint);
            var data = new ScalarData();
            // An array is copied as a whole.
            data.Step.AddRange(points.Steps.ToArray());
            data.WallTime.AddRange(points.WallTimes.ToArray());
            float[] values = new float[points.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)points.Values[i];
            data.Value.AddRange(values);
            return new() { TagName = series.Tag, Data = data };
        }
    }
}
