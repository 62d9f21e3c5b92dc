using System.Globalization;
using System.Text.Json.Nodes;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using TorchBoard.Indexing;
using TorchBoard.Server;

namespace TorchBoard.Stores.Tests;

/// <summary>The page of runs in real servers.</summary>
[TestFixture("s3")]
[TestFixture("az")]
internal sealed class PageTests(string scheme) : StoreTest(scheme)
{
    private string Runs => $"{Root}/runs";

    [Test]
    public async Task Embeddings_are_listed_with_the_runs_and_shown_with_their_labels_and_pictures()
    {
        await WriteAsync("plain", embeddings: 0);
        await WriteAsync("with", embeddings: 2);
        await using RunServer server = Serve();
        await server.Runs.Loaded;
        Proxy.Forget();

        JsonNode list = await GetAsync(server, "/api/runs");
        int first = Proxy.Requests.Count;
        await GetAsync(server, "/api/runs");
        Assert.That(Proxy.Requests, Has.Count.EqualTo(first), "what is known is not asked for again");
        Assert.That(first, Is.LessThanOrEqualTo(2), "one list of embeddings is found and read");
        Assert.That(EmbeddingsOf(list), Is.EqualTo("digits:00000 digits:00001"));

        int run = (int)list["runs"]!.AsArray().Single(one => (string)one!["name"]! == "with")!["id"]!;
        string query = string.Create(CultureInfo.InvariantCulture, $"?run={run}&tag=digits:00001");
        JsonNode shown = await GetAsync(server, $"/api/embedding{query}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)shown["count"]!, Is.EqualTo(4));
            Assert.That((int)shown["dimensions"]!, Is.EqualTo(3));
            Assert.That(
                shown["columns"]![0]!["values"]!.AsArray().Select(label => (string)label!), Is.EqualTo(["a", "b", "c", "中"]));
        }

        using var http = new HttpClient();
        byte[] sprite = await http.GetByteArrayAsync(new Uri(server.PageUrl!, $"/api/sprite{query}"));
        Assert.That(sprite.AsSpan(0, 4).ToArray(), Is.EqualTo((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
        JsonNode near = await GetAsync(server, $"/api/neighbors{query}&point=0&metric=euclidean");
        Assert.That((int)near["points"]![0]!, Is.EqualTo(1));
    }

    [Test]
    public async Task An_embedding_that_appears_is_told_at_the_next_reload_which_takes_one_listing()
    {
        await WriteAsync("run", embeddings: 1);
        await using RunServer server = Serve();
        await server.Runs.Loaded;
        Assert.That(EmbeddingsOf(await GetAsync(server, "/api/runs")), Is.EqualTo("digits:00000"));
        long before = server.Runs.ListVersion;
        Proxy.Forget();
        await server.Runs.ReloadAsync();
        Assert.That(Proxy.Requests, Has.Count.EqualTo(1));
        Assert.That(server.Runs.ListVersion, Is.EqualTo(before));

        await using (SummaryWriter writer = Open("run"))
            AddEmbedding(writer, 7);
        await server.Runs.ReloadAsync();

        Assert.That(server.Runs.ListVersion, Is.GreaterThan(before));
        Assert.That(EmbeddingsOf(await GetAsync(server, "/api/runs")), Is.EqualTo("digits:00000 digits:00007"));
    }

    [Test]
    public async Task A_report_has_the_embeddings()
    {
        await WriteAsync("run", embeddings: 1);
        using var report = new MemoryStream();
        await RunReport.WriteAsync(
            Runs, report, new RunReportOptions { Index = new RunIndexOptions { Storage = Server.StorageAt(Proxy.Port) } });
        Assert.That(
            System.Text.Encoding.UTF8.GetString(report.ToArray()), Does.Contain("""/api/embedding?run=1\u0026tag=digits%3A00000":{"count":4,"""));
    }

    private static string EmbeddingsOf(JsonNode list) => string.Join(
        ' ',
        list["tags"]!.AsArray().Where(tag => (string)tag!["kind"]! == "embedding").Select(tag => (string)tag!["tag"]!));

    private static async Task<JsonNode> GetAsync(RunServer server, string path)
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(server.PageUrl!, path)))!;
    }

    private static void AddEmbedding(SummaryWriter writer, long step) => writer.AddEmbedding<float>(
        "digits", [1, 0, 0, 1, 0.1f, 0, 0, 5, 0, 0, 0, 9], step, 3, new EmbeddingOptions
        {
            Labels = ["a", "b", "c", "中"],
            Sprites = EmbeddingSprites.Of<byte>(new byte[4 * 6], ImageLayout.Nhw, [4, 2, 3]),
        });

    private RunServer Serve() => RunServer.Start(Runs, new RunServerOptions
    {
        Port = 0,
        GrpcPort = 0,
        Index = new RunIndexOptions
        {
            Storage = Server.StorageAt(Proxy.Port),
            ReloadInterval = Timeout.InfiniteTimeSpan,
        },
    });

    private SummaryWriter Open(string run) =>
        new($"{Runs}/{run}", new() { Storage = Server.StorageAt(Server.Port), SpoolDirectory = Spool });

    private async Task WriteAsync(string run, int embeddings)
    {
        await using SummaryWriter writer = Open(run);
        writer.AddScalar("loss", 1, 0);
        for (int step = 0; step < embeddings; step++)
            AddEmbedding(writer, step);
    }
}
