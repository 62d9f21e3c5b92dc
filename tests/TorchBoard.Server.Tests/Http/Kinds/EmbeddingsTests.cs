using System.Text.Json.Nodes;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;

namespace TorchBoard.Server.Tests.Http.Kinds;

internal sealed class EmbeddingsTests
{
    // Along (3, 4, 0), then along (0, 0, 1).
    private static readonly float[] Vectors = [3, 4, 0, -3, -4, 0, 0, 0, 1, 0, 0, -1];

    [Test]
    public async Task Vectors_are_projected_to_their_principal_components()
    {
        await using KindPage page = await KindPage.StartAsync(writer => writer.AddEmbedding<float>(
            "digits", Vectors, 7, 3, new EmbeddingOptions
            {
                Labels = ["a", "b", "c", "d"],
                Columns = [new EmbeddingColumn("size", ["1", "2", "3", "4"])],
                Sprites = EmbeddingSprites.Of<byte>(new byte[4 * 6], ImageLayout.Nhw, [4, 2, 3]),
            }));

        string tag = (await page.TagsAsync()).Single();
        JsonNode embedding = await page.GetAsync("/api/embedding?run=1&tag=digits:00007");
        (string? type, byte[] sprite) = await page.GetBytesAsync("/api/sprite?run=1&tag=digits:00007");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tag, Is.EqualTo("embedding:digits:00007"));
            Assert.That((int)embedding["count"]!, Is.EqualTo(4));
            Assert.That((int)embedding["dimensions"]!, Is.EqualTo(3));
            double[] points = Numbers(embedding["points"]!);
            Assert.That(points.Where((_, i) => i % 3 == 0).Select(Math.Abs), Is.EqualTo([5, 5, 0, 0]).Within(1e-5));
            Assert.That(points.Where((_, i) => i % 3 == 1).Select(Math.Abs), Is.EqualTo([0, 0, 1, 1]).Within(1e-5));
            Assert.That(points.Where((_, i) => i % 3 == 2), Is.All.EqualTo(0).Within(1e-5));
            Assert.That(Numbers(embedding["shares"]!), Is.EqualTo([50 / 52.0, 2 / 52.0, 0]).Within(1e-6));
            Assert.That(
                embedding["columns"]!.ToJsonString(),
                Is.EqualTo("""[{"name":"label","values":["a","b","c","d"]},{"name":"size","values":["1","2","3","4"]}]"""));
            Assert.That(embedding["sprite"]!.ToJsonString(), Is.EqualTo("[3,2]"));
            Assert.That(type, Is.EqualTo("image/png"));
            Assert.That(sprite[..4], Is.EqualTo((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
        }
    }

    [Test]
    public async Task The_directions_are_those_of_a_known_covariance()
    {
        // 12 directions, of which each has a variance twice as large as the next; mixed by a rotation of each pair.
        const int count = 4000, dimensions = 12;
        var random = new Random(3);
        float[] vectors = new float[count * dimensions];
        for (int row = 0; row < count; row++)
        {
            for (int d = 0; d < dimensions; d++)
                vectors[(row * dimensions) + d] = (float)((random.NextDouble() - 0.5) * Math.Pow(2, -d / 2.0));
            for (int d = 0; d < dimensions; d += 2)
            {
                (float a, float b) = (vectors[(row * dimensions) + d], vectors[(row * dimensions) + d + 1]);
                (vectors[(row * dimensions) + d], vectors[(row * dimensions) + d + 1]) = ((0.6f * a) - (0.8f * b), (0.8f * a) + (0.6f * b));
            }
        }

        await using KindPage page = await KindPage.StartAsync(writer => writer.AddEmbedding<float>("e", vectors, 0, dimensions));

        double[] shares = Numbers((await page.GetAsync("/api/embedding?run=1&tag=e:00000"))["shares"]!);

        double total = 2 - Math.Pow(2, 1 - dimensions);
        Assert.That(shares, Is.EqualTo([1 / total, 0.5 / total, 0.25 / total]).Within(0.02));
    }

    [Test]
    public async Task Neighbors_are_the_nearest_by_angle_or_distance()
    {
        await using KindPage page = await KindPage.StartAsync(
            writer => writer.AddEmbedding<float>("e", [1, 0, 9, 1, 1, 1, 0, 1], 0, 2));

        JsonNode byAngle = await page.GetAsync("/api/neighbors?run=1&tag=e:00000&point=0");
        JsonNode byDistance = await page.GetAsync("/api/neighbors?run=1&tag=e:00000&point=0&metric=euclidean");

        Assert.That(byAngle["points"]!.ToJsonString(), Is.EqualTo("[1,2,3]"));
        Assert.That(byDistance["points"]!.ToJsonString(), Is.EqualTo("[2,3,1]"));
        Assert.That(Numbers(byDistance["distances"]!), Is.EqualTo([1, Math.Sqrt(2), Math.Sqrt(65)]).Within(1e-5));
        Assert.That((await page.RefusedAsync("/api/neighbors?run=1&tag=e:00000&point=4")).Status, Is.EqualTo(400));
    }

    [TestCase("tensor_path: \"../secret.tsv\"", 404)]
    [TestCase("tensor_path: \"/etc/passwd\"", 404)]
    [TestCase("tensor_path: \"missing.tsv\"", 404)]
    [TestCase("tensor_path: \"text.tsv\"", 415)]
    [TestCase("tensor_path: \"uneven.tsv\"", 415)]
    public async Task A_file_that_is_outside_or_no_table(string config, int status)
    {
        await using KindPage page = await KindPage.StartInAsync(directory =>
        {
            File.WriteAllText(Path.Combine(directory, "secret.tsv"), "1\t2\n3\t4\n");
            string run = Path.Combine(directory, "run");
            using (var writer = new SummaryWriter(run))
                writer.AddScalar("loss", 1, 1);
            File.WriteAllText(Path.Combine(run, "text.tsv"), "one\ttwo\n");
            File.WriteAllText(Path.Combine(run, "uneven.tsv"), "1\t2\n3\n");
            File.WriteAllText(Path.Combine(run, "projector_config.pbtxt"), $"# c\nembeddings {{ tensor_name: 'x' {config} }}");
        });

        Assert.That(await page.TagsAsync(), Does.Contain("embedding:x"));
        Assert.That((await page.RefusedAsync("/api/embedding?run=1&tag=x")).Status, Is.EqualTo(status));
    }

    [TestCase("", "")]
    [TestCase("embeddings {", "")]
    [TestCase("embeddings { tensor_path: \"a\\303\\244\\tb\" }", "embedding:aä\tb")]
    [TestCase("embeddings: < tensor_name: \"n\", tensor_path: \"p\"; > other: 3", "embedding:n")]
    [TestCase("}}}} \" \\", "")]
    public async Task The_list_is_in_the_text_format_of_protobuf(string config, string tags)
    {
        await using KindPage page = await KindPage.StartInAsync(directory =>
        {
            using (var writer = new SummaryWriter(directory))
                writer.AddScalar("loss", 1, 1);
            File.WriteAllText(Path.Combine(directory, "projector_config.pbtxt"), config);
        });

        Assert.That(string.Join(' ', (await page.TagsAsync()).Where(tag => tag != "scalar:loss")), Is.EqualTo(tags));
    }

    private static double[] Numbers(JsonNode numbers) => [.. numbers.AsArray().Select(number => (double)number!)];
}
