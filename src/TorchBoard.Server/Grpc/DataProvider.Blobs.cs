using Grpc.Core;
using TorchBoard.Indexing;
using TorchBoard.Server.Protos;
using static System.FormattableString;

namespace TorchBoard.Server.Grpc;

internal sealed partial class DataProvider
{
    public override Task<ListBlobSequencesResponse> ListBlobSequences(
        ListBlobSequencesRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.BlobSequence, request.PluginFilter, request.RunTagFilter);
        var response = new ListBlobSequencesResponse();
        var limit = new MessageLimit();
        foreach ((string run, var tags) in query.In(index, Describe))
            response.Runs.Add(new ListBlobSequencesResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ListBlobSequencesResponse.Types.TagEntry? Describe(IndexedRun run, IndexedSeries series)
        {
            if (!series.TryGetExtent(out long maxStep, out double maxWallTime, out int maxLength))
                return null;
            limit.Add(series.Metadata.Length);
            return new()
            {
                TagName = series.Tag,
                Metadata = new()
                {
                    MaxStep = maxStep,
                    MaxWallTime = maxWallTime,
                    MaxLength = maxLength,
                    SummaryMetadata = Wrap(series.Metadata),
                },
            };
        }
    }

    public override Task<ReadBlobSequencesResponse> ReadBlobSequences(
        ReadBlobSequencesRequest request, ServerCallContext context)
    {
        var query = new SeriesQuery(SeriesDataClass.BlobSequence, request.PluginFilter, request.RunTagFilter);
        int count = SeriesQuery.CountOf(request.Downsample);
        var response = new ReadBlobSequencesResponse();
        var limit = new MessageLimit();
        foreach ((string run, var tags) in query.In(index, Read))
            response.Runs.Add(new ReadBlobSequencesResponse.Types.RunEntry { RunName = run, Tags = { tags } });
        return Task.FromResult(response);

        ReadBlobSequencesResponse.Types.TagEntry Read(IndexedRun run, IndexedSeries series)
        {
            var data = new BlobSequenceData();
            foreach (IndexedValue value in series.ReadValues(count))
            {
                var references = new BlobReferenceSequence();
                for (int i = 0; i < value.Items.Count; i++)
                {
                    string key = new BlobKey(request.ExperimentId, run.Name, series.Tag, value.Step, i).ToString();
                    limit.Add(key.Length);
                    references.BlobRefs.Add(new BlobReference { BlobKey = key });
                }

                data.Step.Add(value.Step);
                data.WallTime.Add(value.WallTime);
                data.Values.Add(references);
            }

            return new() { TagName = series.Tag, Data = data };
        }
    }

    public override async Task ReadBlob(
        ReadBlobRequest request, IServerStreamWriter<ReadBlobResponse> responseStream, ServerCallContext context)
    {
        ReadOnlyMemory<byte> blob = Find(request.BlobKey);
        for (int at = 0; at < blob.Length; at += MessageLimit.BlobPart)
        {
            ReadOnlyMemory<byte> part = blob.Slice(at, Math.Min(MessageLimit.BlobPart, blob.Length - at));
            await responseStream.WriteAsync(new ReadBlobResponse { Data = Wrap(part) }, context.CancellationToken)
                .ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Find(string text)
    {
        if (!BlobKey.TryParse(text, out BlobKey key))
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"'{text}' is not the key of a blob."));
        if (!index.TryFind(key.Run, out IndexedRun? run))
            throw NotFound($"There is no run '{key.Run}'.");
        if (!run.TryFind(key.Tag, out IndexedSeries? series) || series.DataClass != SeriesDataClass.BlobSequence)
            throw NotFound($"The run '{key.Run}' has no tag '{key.Tag}' with blobs.");
        if (!series.TryFindValue(key.Step, out IndexedValue value))
            throw NotFound(Invariant($"The tag '{key.Tag}' of the run '{key.Run}' no longer has a value at step {key.Step}."));
        if (key.Index < 0 || key.Index >= value.Items.Count)
        {
            throw NotFound(Invariant(
                $"The value at step {key.Step} has {value.Items.Count} blobs; asked for number {key.Index}."));
        }

        return value.Items[key.Index];
    }

    private static RpcException NotFound(string message) => new(new Status(StatusCode.NotFound, message));
}
