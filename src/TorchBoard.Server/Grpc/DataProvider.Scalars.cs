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
        foreach ((IndexedRun run, IEnumerable<IndexedSeries> all) in query.In(index))
        {
            var entry = new ListScalarsResponse.Types.RunEntry { RunName = run.Name };
            foreach (IndexedSeries series in all)
            {
                if (!series.TryGetExtent(out long maxStep, out double maxWallTime, out _))
                    continue;
                limit.Add(series.Metadata.Length);
                entry.Tags.Add(new ListScalarsResponse.Types.TagEntry
                {
                    TagName = series.Tag,
                    Metadata = new ScalarMetadata
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

    public override Task<ReadScalarsResponse> ReadScalars(ReadScalarsRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.Scalar, request.PluginFilter, request.RunTagFilter);
        int count = SeriesQuery.CountOf(request.Downsample);
        var response = new ReadScalarsResponse();
        var limit = new MessageLimit();
        foreach ((IndexedRun run, IEnumerable<IndexedSeries> all) in query.In(index))
        {
            var entry = new ReadScalarsResponse.Types.RunEntry { RunName = run.Name };
            foreach (IndexedSeries series in all)
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
                entry.Tags.Add(new ReadScalarsResponse.Types.TagEntry { TagName = series.Tag, Data = data });
            }

            if (entry.Tags.Count > 0)
                response.Runs.Add(entry);
        }

        return Task.FromResult(response);
    }
}
