using System.Numerics.Tensors;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using TorchBoard.Tests.Imaging;

namespace TorchBoard.Tests.Writing;

internal sealed class EmbeddingTests
{
    private const string Config = "projector_config.pbtxt";

    [Test]
    public void Vectors_labels_and_pictures_are_files_that_the_config_lists()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddEmbedding("emb", [1f, 0.1f, -2.5f, 3e-10f, 1e20f, 0], 7, dimensions: 2, new EmbeddingOptions
            {
                Labels = ["a", "b\tc\r\nd", ""],
                Sprites = EmbeddingSprites.Of((byte[])[1, 2, 3, 4, 5, 6], ImageLayout.Nhw, [3, 1, 2]),
            });
        }

        PngReader sheet = PngReader.Decode(File.ReadAllBytes(Path.Combine(directory, "00007/emb/sprite.png")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(directory, "00007/emb/tensors.tsv"), Is.EqualTo("1\t0.1\n-2.5\t3E-10\n1E+20\t0\n"));
            Assert.That(Read(directory, "00007/emb/metadata.tsv"), Is.EqualTo("a\nb c d\n(blank)\n"));
            Assert.That((sheet.Width, sheet.Height, sheet.Channels), Is.EqualTo((4, 2, 1)));
            Assert.That(sheet.Pixels, Is.EqualTo(new byte[] { 1, 2, 3, 4, 5, 6, 0, 0 }));
            Assert.That(Read(directory, Config), Is.EqualTo(
                """
                embeddings {
                  tensor_name: "emb:00007"
                  metadata_path: "00007/emb/metadata.tsv"
                  tensor_shape: 3
                  tensor_shape: 2
                  sprite {
                    image_path: "00007/emb/sprite.png"
                    single_image_dim: 2
                    single_image_dim: 1
                  }
                  tensor_path: "00007/emb/tensors.tsv"
                }

                """.ReplaceLineEndings("\n")));
        }
    }

    [Test]
    public void Several_columns_have_a_header()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddEmbedding("emb", [1f, 2, 3, 4], 0, dimensions: 2, new EmbeddingOptions
            {
                Labels = ["a", ""],
                Columns = [new EmbeddingColumn("is\tright", ["yes", ""])],
            });
        }

        Assert.That(Read(directory, "00000/emb/metadata.tsv"), Is.EqualTo("label\tis right\na\tyes\n(blank)\t\n"));
    }

    [Test]
    public void A_sheet_has_as_many_rows_as_columns()
    {
        EmbeddingSprites sprites = EmbeddingSprites.Of(new float[5 * 3 * 2 * 4], ImageLayout.Nchw, [5, 3, 2, 4]);
        Assert.That((sprites.Sheet().Width, sprites.Sheet().Height), Is.EqualTo((3 * 4, 3 * 2)));
    }

    [Test]
    public void Embeddings_of_several_tags_steps_and_writers_are_listed_together()
    {
        using var directory = new TestDirectory();
        Parallel.For(0, 4, number =>
        {
            using var writer = new SummaryWriter(directory);
            for (int step = 0; step < 3; step++)
                writer.AddEmbedding($"emb{number}", [number, step, 0, 0], step, dimensions: 2);
        });
        using (var writer = new SummaryWriter(directory))
            writer.AddEmbedding("emb0", [1f, 2, 3, 4], 0, dimensions: 2);

        string[] names = [.. Read(directory, Config).Split('\n').Where(line => line.Contains("tensor_name"))];
        Assert.That(names, Is.EquivalentTo(
            from number in Enumerable.Range(0, 4)
            from step in Enumerable.Range(0, 3)
            select $"  tensor_name: \"emb{number}:0000{step}\""));
        Assert.That(
            Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(
                file => file.EndsWith(".tmp", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Entries_of_other_writers_stay_in_the_config()
    {
        const string others =
            """
            # by hand
            model_checkpoint_path: 'a "quoted" path'
            embeddings <
              tensor_name: "kept } {"
              sprite { single_image_dim: [8, 8] }
            >
            embeddings { tensor_name: "emb:00000" tensor_path: "old" }
            """;
        string entry = ProjectorConfig.Entry("emb:00000", 1, 2, "new", null, null);

        string config = ProjectorConfig.With(others, "emb:00000", entry);

        Assert.That(config, Does.Contain("model_checkpoint_path: 'a \"quoted\" path'\n"));
        Assert.That(config, Does.Contain("\"kept } {\"").And.Contain("[8, 8]").And.Not.Contain("old"));
        Assert.That(ProjectorConfig.With(config, "emb:00000", entry), Is.EqualTo(config));
    }

    [TestCase("embeddings { tensor_name: \"a")]
    [TestCase("embeddings {")]
    [TestCase("}")]
    [TestCase("embeddings")]
    [TestCase("\0\0\0")]
    public void A_torn_config_is_replaced(string torn)
    {
        string entry = ProjectorConfig.Entry("emb:00000", 1, 2, "new", null, null);
        Assert.That(ProjectorConfig.With(torn, "emb:00000", entry), Is.EqualTo(entry));
    }

    [Test]
    public void Tags_not_valid_as_directory_names_stay_distinct_and_inside_the_run()
    {
        using var directory = new TestDirectory();
        string[] tags = ["a/b", "a_b", "a:b", "../../up", "50%&#+", "größe \"x\""];
        using (var writer = new SummaryWriter(directory))
        {
            foreach (string tag in tags)
                writer.AddEmbedding(tag, [1f, 2, 3, 4], -3, dimensions: 2);
        }

        string[] written = Directory.GetDirectories(Path.Combine(directory, "-00003"));
        string config = Read(directory, Config);
        Assert.That(written, Has.Length.EqualTo(tags.Length));
        foreach (string name in written.Select(path => Path.GetFileName(path)))
            Assert.That(config, Does.Contain($"\"-00003/{name}/tensors.tsv\""));
        Assert.That(
            config, Does.Contain("tensor_name: \"größe \\\"x\\\":-00003\"").And.Not.Contain("tensor_name: \"50%"));
    }

    [Test]
    public void Each_row_of_a_matrix_is_a_vector()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddEmbedding("emb", Tensor.Create([1f, 2, 3, 4, 5, 6], [2, 3]).AsReadOnlyTensorSpan(), 0);
        Assert.That(Read(directory, "00000/emb/tensors.tsv"), Is.EqualTo("1\t2\t3\n4\t5\t6\n"));
    }

    [Test]
    public void Files_that_cannot_be_written_are_retried_and_later_data_is_kept()
    {
        using var directory = new TestDirectory();
        var writer =
            new SummaryWriter(directory, new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan });
        int failures = 0;
        writer.WriteFailed += (_, _) => failures++;
        writer.WriteRecovered += (_, _) => { };
        string obstacle = Path.Combine(directory, "00000");
        File.WriteAllText(obstacle, "a file where a directory is to be");
        writer.AddEmbedding("emb", [1f, 2, 3, 4], 0, dimensions: 2);
        writer.AddScalar("after", 1, 0);
        Assert.That(writer.Flush, Throws.InstanceOf<IOException>());

        File.Delete(obstacle);
        writer.Dispose();

        Assert.That(failures, Is.EqualTo(1));
        Assert.That(writer.DroppedEvents, Is.Zero);
        Assert.That(Read(directory, "00000/emb/tensors.tsv"), Is.EqualTo("1\t2\n3\t4\n"));
        Assert.That(WrittenEvents.Scalars(directory, "after"), Is.EqualTo(new[] { (0L, 1f) }));
    }

    [Test]
    public void Files_that_can_never_be_written_are_abandoned_and_counted_and_events_are_written()
    {
        using var directory = new TestDirectory();
        var writer =
            new SummaryWriter(directory, new SummaryWriterOptions { FlushInterval = Timeout.InfiniteTimeSpan });
        var told = new List<string>();
        writer.WriteFailed += (_, e) => told.Add($"{e.DroppedEvents}: {e.Exception.Message}");
        writer.WriteRecovered += (_, _) => told.Add("recovered");
        File.WriteAllText(Path.Combine(directory, "00000"), "a file where a directory is to be");
        writer.AddScalar("before", 1, 0);
        writer.AddEmbedding("emb", [1f, 2, 3, 4], 0, dimensions: 2);
        writer.AddScalar("after", 1, 0);
        writer.AddEmbedding("emb", [3f, 4, 5, 6], 1, dimensions: 2);
        writer.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Has.Count.EqualTo(3), string.Join('\n', told));
            Assert.That(told[0], Does.StartWith("0: "));
            Assert.That(told[1], Does.StartWith("1: ").And.Contains("not written"));
            Assert.That(told[2], Is.EqualTo("recovered"));
            Assert.That(writer.DroppedEvents, Is.EqualTo(1));
            Assert.That(WrittenEvents.Scalars(directory, "before"), Is.EqualTo(new[] { (0L, 1f) }));
            Assert.That(WrittenEvents.Scalars(directory, "after"), Is.EqualTo(new[] { (0L, 1f) }));
            Assert.That(Read(directory, "00001/emb/tensors.tsv"), Is.EqualTo("3\t4\n5\t6\n"));
            Assert.That(
                Read(directory, "projector_config.pbtxt"), Does.Not.Contain("emb:00000").And.Contains("emb:00001"));
        }
    }

    [Test]
    public void No_label_breaks_its_line()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddEmbedding(
                "emb", [1f, 2, 3, 4], -7, dimensions: 2, new EmbeddingOptions { Labels = ["a\tb\r\nc\u2028d\ve", "f"] });
        }

        Assert.That(Read(directory, "-00007/emb/tensors.tsv"), Is.EqualTo("1\t2\n3\t4\n"));
        Assert.That(Read(directory, "-00007/emb/metadata.tsv"), Is.EqualTo("a b c d e\nf\n"));
    }

    [Test]
    public void Invalid_arguments_are_rejected_by_name()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (Assert.EnterMultipleScope())
        {
            AssertRefused("vectors", "0 numbers", () => writer.AddEmbedding<float>("e", [], 0, 2));
            AssertRefused("vectors", "3 numbers", () => writer.AddEmbedding("e", [1f, 2, 3], 0, 2));
            AssertRefused(
                "vectors", "Vector 1 is NaN in dimension 0",
                () => writer.AddEmbedding("e", [1f, 2, float.NaN, 3], 0, 2));
            AssertRefused("vectors", "infinite", () => writer.AddEmbedding("e", [1f, float.NegativeInfinity], 0, 2));
            AssertRefused(
                "vectors", "1 dimensions",
                () => writer.AddEmbedding("e", Tensor.Create([1f, 2], [2]).AsReadOnlyTensorSpan(), 0));
            AssertRefused("vectors", "single point", () => writer.AddEmbedding("e", [1f, 2], 0, 2));
            AssertRefused("dimensions", "at least 2", () => writer.AddEmbedding("e", [1f], 0, 1));
            AssertRefused("tag", "255", () => writer.AddEmbedding(new string('x', 300), [1f, 2, 3, 4], 0, 2));
            AssertRefused("options", "got 3", () => Add(new EmbeddingOptions { Labels = ["a", "b", "c"] }));
            AssertRefused("options", "'c'", () => Add(new EmbeddingOptions { Columns = [new("c", [])] }));
            AssertRefused(
                "options", "Two metadata columns",
                () => Add(new EmbeddingOptions { Labels = ["a", "b"], Columns = [new("label", ["a", "b"])] }));
            AssertRefused("options", "no name", () => Add(new EmbeddingOptions { Columns = [new("", ["a", "b"])] }));
            AssertRefused("options", "Unicode", () => Add(new EmbeddingOptions { Labels = ["a", "\uD800"] }));
            AssertRefused("options", "got 3", () => Add(new EmbeddingOptions
            {
                Sprites = EmbeddingSprites.Of((byte[])[1, 2, 3], ImageLayout.Nhw, [3, 1, 1]),
            }));
            AssertRefused(
                "shape", "at most 1 ", () => EmbeddingSprites.Of(new byte[2 * 5000], ImageLayout.Nhw, [2, 1, 5000]));
            AssertRefused("shape", "for the shape", () => EmbeddingSprites.Of(new byte[3], ImageLayout.Nhw, [2, 1, 1]));

            void Add(EmbeddingOptions options) => writer.AddEmbedding("e", [1f, 2, 3, 4], 0, 2, options);
        }

        Assert.That(Directory.EnumerateFileSystemEntries(directory).Count(), Is.EqualTo(1), "the event file alone");
    }

    private static string Read(string directory, string name) => File.ReadAllText(Path.Combine(directory, name));

    private static void AssertRefused(string argument, string message, Action call) => Assert.That(
        call,
        Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(argument)
            .And.Message.Contains(message));
}
