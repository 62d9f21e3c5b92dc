using Grpc.Core;
using Grpc.Net.Client;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Tests;

/// <summary>Asks a server what TensorBoard asks.</summary>
internal sealed class Client : IDisposable
{
    private readonly GrpcChannel _channel;

    public Client(int port)
    {
        // The limit of TensorBoard.
        _channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{port}", new GrpcChannelOptions { MaxReceiveMessageSize = 256 * 1024 * 1024 });
        Stub = new TensorBoardDataProvider.TensorBoardDataProviderClient(_channel);
    }

    public Client(RunServer server)
        : this(server.GrpcEndPoint.Port)
    {
    }

    public TensorBoardDataProvider.TensorBoardDataProviderClient Stub { get; }

    public static PluginFilter Plugin(string name) => new() { PluginName = name };

    public static RunTagFilter Only(string run, string tag) =>
        new() { Runs = new RunFilter { Names = { run } }, Tags = new TagFilter { Names = { tag } } };

    public IEnumerable<string> Runs() => Stub.ListRuns(new ListRunsRequest()).Runs.Select(run => run.Name);

    public ScalarData Scalars(string run, string tag, int most = 1000, string plugin = "scalars") =>
        Stub.ReadScalars(new ReadScalarsRequest
        {
            PluginFilter = Plugin(plugin),
            RunTagFilter = Only(run, tag),
            Downsample = new Downsample { NumPoints = most },
        }).Runs.Single().Tags.Single().Data;

    public TensorData Tensors(string run, string tag, string plugin, int most = 1000) =>
        Stub.ReadTensors(new ReadTensorsRequest
        {
            PluginFilter = Plugin(plugin),
            RunTagFilter = Only(run, tag),
            Downsample = new Downsample { NumPoints = most },
        }).Runs.Single().Tags.Single().Data;

    public BlobSequenceData Blobs(string run, string tag, string plugin, int most = 1000) =>
        Stub.ReadBlobSequences(new ReadBlobSequencesRequest
        {
            ExperimentId = "an experiment",
            PluginFilter = Plugin(plugin),
            RunTagFilter = Only(run, tag),
            Downsample = new Downsample { NumPoints = most },
        }).Runs.Single().Tags.Single().Data;

    public async Task<List<byte[]>> PartsOfAsync(string key)
    {
        using AsyncServerStreamingCall<ReadBlobResponse> call = Stub.ReadBlob(new ReadBlobRequest { BlobKey = key });
        var parts = new List<byte[]>();
        await foreach (ReadBlobResponse part in call.ResponseStream.ReadAllAsync())
            parts.Add(part.Data.ToByteArray());
        return parts;
    }

    public async Task<byte[]> BlobAsync(string key) => [.. (await PartsOfAsync(key)).SelectMany(part => part)];

    public void Dispose() => _channel.Dispose();
}
