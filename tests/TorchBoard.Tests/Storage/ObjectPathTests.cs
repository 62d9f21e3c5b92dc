namespace TorchBoard.Tests.Storage;

/// <summary>The paths of object stores, and what is refused where they are passed.</summary>
internal sealed class ObjectPathTests
{
    private static readonly MemoryObjects Store = new();

    [TestCase("s3://bucket", "bucket", "")]
    [TestCase("s3://bucket/", "bucket", "")]
    [TestCase("S3://bucket/runs", "bucket", "runs")]
    [TestCase("s3://bucket/runs/digits//", "bucket", "runs/digits")]
    [TestCase("s3://bucket/a//b", "bucket", "a//b")]
    [TestCase("s3://bucket/lr=0.1, 20%/..x/x..", "bucket", "lr=0.1, 20%/..x/x..")]
    public void A_path_is_a_container_and_a_key(string path, string container, string key) =>
        Assert.That(ObjectPath.Parse(path, "s3"), Is.EqualTo(new ObjectPath(container, key)));

    [TestCase("runs/digits", "begins with 'memory://'")]
    [TestCase("s3://bucket/runs", "begins with 'memory://'")]
    [TestCase("memory:/bucket/runs", "begins with 'memory://'")]
    [TestCase("memory://", "names no bucket")]
    [TestCase("memory:///runs", "names no bucket")]
    [TestCase("memory://bucket/a/../b", "'.' or '..'")]
    [TestCase("memory://bucket/..", "'.' or '..'")]
    [TestCase("memory://bucket/./a", "'.' or '..'")]
    [TestCase("memory://../a", "'.' or '..'")]
    [TestCase("memory://bucket/a\nb", "control characters")]
    public void A_path_of_another_place_or_of_none_is_refused_everywhere(string path, string advice)
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("logDirectory", () => new SummaryWriter(path, new() { Storage = Store }).Dispose(), advice);
            Refusal.Of(
                "logDirectory", () => new SummaryWriter(path, new() { Storage = Store, Enabled = false }).Dispose(), advice);
            Refusal.Of("path", () => RunLog.Open(path, new() { Storage = Store }), advice);
            Refusal.Of("path", () => RunLog.OpenAsync(path, new() { Storage = Store }), advice);
            Refusal.Of("path", () => RunLog.ReadEvents(path, new() { Storage = Store }), advice);
            Refusal.Of("path", () => RunLog.FollowAsync(path, new() { Storage = Store }), advice);
            Refusal.Of("path", () => LogDirectory.Open(path, Store), advice);
            Refusal.Of("path", () => RunSync.ToStorageAsync("runs", Store, path), advice);
            Refusal.Of("path", () => RunSync.FromStorageAsync(Store, path, "runs"), advice);
            Refusal.Of("path", () => RunSync.UploadSpoolAsync(Store, path).GetAwaiter().GetResult(), advice);
        }

        Assert.That(Store.Requests, Is.Empty);
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("UploadInterval", () => _ = new SummaryWriterOptions { UploadInterval = TimeSpan.FromMilliseconds(99) }, "100 ms");
            Refusal.Of("UploadInterval", () => _ = new SummaryWriterOptions { UploadInterval = TimeSpan.FromDays(25) }, "24 days");
            Refusal.Of("SpooledBytesLimit", () => _ = new SummaryWriterOptions { SpooledBytesLimit = 1 << 19 }, "1 MiB");
            Refusal.Of("SpoolDirectory", () => _ = new SummaryWriterOptions { SpoolDirectory = "s3://bucket/spool" }, "TorchBoard.S3");
            Refusal.Of("SpoolDirectory", () => _ = new SummaryWriterOptions { SpoolDirectory = "" });
            Refusal.Of("directory", () => RunSync.ToStorageAsync("s3://bucket/a", Store, "memory://bucket/a"), "TorchBoard.S3");
            Refusal.Of("Interval", () => _ = new SyncOptions { Interval = TimeSpan.Zero }, "greater than zero");
        }
    }
}
