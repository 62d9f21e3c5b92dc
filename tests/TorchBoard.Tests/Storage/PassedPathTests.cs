namespace TorchBoard.Tests.Storage;

/// <summary>The paths that programs pass: never a directory named like a URI; ~ is the home directory.</summary>
internal sealed class PassedPathTests
{
    private static readonly string Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    [TestCase("s3://bucket/runs", "pass Storage = new S3Storage() of the package TorchBoard.S3")]
    [TestCase("S3://bucket/runs", "TorchBoard.S3")]
    [TestCase("az://container/runs", "TorchBoard.AzureBlobs")]
    [TestCase("gs://bucket/runs", "no package supports 'gs://'")]
    [TestCase("http://example.com/runs", "'http://'")]
    [TestCase("https://example.com/runs", "'https://'")]
    [TestCase("hdfs://host/runs", "'hdfs://'")]
    [TestCase("abfss+x.y-z://host/runs", "'abfss+x.y-z://'")]
    [TestCase("file:///data/my%20runs", "pass the plain path '/data/my runs'")]
    [TestCase("file:/data/runs", "pass the plain path '/data/runs'")]
    [TestCase("file://", "pass the plain path")]
    [TestCase("~somebody/runs", "'./~somebody/runs'")]
    [TestCase("~somebody", "use '~/' for your own home directory")]
    public void A_URI_or_another_user_s_home_is_refused_everywhere_in_one_sentence(string path, string advice)
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("logDirectory", () => new SummaryWriter(path).Dispose(), advice);
            Refusal.Of(
                "logDirectory",
                () => new SummaryWriter(path, new SummaryWriterOptions { Enabled = false }).Dispose(), advice);
            Refusal.Of("path", () => RunLog.Open(path), advice);
            Refusal.Of("path", () => RunLog.OpenAsync(path), advice);
            Refusal.Of("path", () => RunLog.ReadEvents(path), advice);
            Refusal.Of("path", () => RunLog.FollowAsync(path), advice);
            Refusal.Of("path", () => LogDirectory.Open(path), advice);
            Refusal.Of("path", () => new EventFileWriter(path).Dispose(), advice);
        }

        Assert.That(Path.Exists(path), Is.False);
        ArgumentException? refusal = Assert.Throws<ArgumentException>(() => LogDirectory.Open(path));
        Assert.That(refusal?.Message, Does.Not.Contain("\n"));
    }

    [TestCase("runs")]
    [TestCase("C:\\runs")]
    [TestCase("C://runs")]
    [TestCase("a:b/c")]
    [TestCase("a b://c")]
    [TestCase("1a://c")]
    [TestCase("://c")]
    [TestCase("runs/~x")]
    [TestCase("./~x")]
    public void Other_names_are_paths(string path) => Assert.That(() => RunStorage.Of(path, storage: null), Throws.Nothing);

    [Test]
    public void A_tilde_is_the_home_directory()
    {
        RunStorage storage = RunStorage.Of("~", storage: null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(storage.FullPath("~"), Is.EqualTo(Path.GetFullPath(Home)));
            Assert.That(storage.FullPath("~/runs/a"), Is.EqualTo(Path.GetFullPath(Path.Combine(Home, "runs", "a"))));
            Assert.That(storage.NameOf("~/runs/a"), Is.EqualTo("a"));
        }
    }

    [Test]
    public void A_run_below_the_home_directory_is_written_and_read()
    {
        string path = "~/torchboard-" + Guid.NewGuid();
        string full = Home + path[1..];
        try
        {
            using (var writer = new SummaryWriter(path))
                writer.AddScalar("loss", 1, 0);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(RunLog.Open(path).Scalars["loss"].Count, Is.EqualTo(1));
                Assert.That(RunLog.Open(path).Path, Is.EqualTo(full));
                Assert.That(LogDirectory.Open(path).Path, Is.EqualTo(full));
                Assert.That(RunLog.ReadEvents(path).Count(), Is.EqualTo(2));
                Assert.That(WrittenEvents.Scalars(full, "loss"), Is.EqualTo(new[] { (0L, 1f) }));
            }
        }
        finally
        {
            Directory.Delete(full, recursive: true);
        }
    }
}
