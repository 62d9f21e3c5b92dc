namespace TorchBoard.Tool.Tests.Runs;

/// <summary>Paths of object stores that are wrong before any server is asked.</summary>
internal sealed class ObjectStoreTests
{
    [TestCase("list", "s3://", "names no bucket")]
    [TestCase("list", "s3:///runs", "names no bucket")]
    [TestCase("list", "s3://bucket/../other", "'..'")]
    [TestCase("list", "s3://bucket/runs/./a", "'.'")]
    [TestCase("check", "s3://bucket/a\nb", "control characters")]
    [TestCase("list", "s3://bucket/runs/lr-*", "is a pattern")]
    [TestCase("list", "gs://bucket/runs", "no package supports 'gs://'")]
    [TestCase("repair", "s3://bucket/runs", "torchboard sync")]
    [TestCase("merge", "s3://bucket/runs", "torchboard sync")]
    [TestCase("thin", "az://container/runs", "torchboard sync")]
    public void A_path_that_no_store_can_have_is_wrong_usage(string command, string path, string reason)
    {
        ToolRun run = ToolRun.Of(command, path, "--output", "new");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain(reason));
    }

    [Test]
    public void A_wrong_path_before_a_tag_that_is_also_a_path_is_wrong_usage()
    {
        using var directory = new TestDirectory();
        ToolRun run = ToolRun.Of("show", "s3://", directory);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain("names no bucket"));
    }

    [TestCase("runs", "also-runs", "Neither 'runs' nor 'also-runs' is in an object store")]
    [TestCase("s3://one/runs", "s3://two/runs", "Both 's3://one/runs' and 's3://two/runs'")]
    [TestCase("s3://", "runs", "names no bucket")]
    [TestCase("runs", "s3://bucket/../runs", "'..'")]
    public void Sync_is_between_a_directory_and_a_store(string source, string destination, string reason)
    {
        ToolRun run = ToolRun.Of("sync", source, destination);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain(reason));
    }

    [TestCase("0")]
    [TestCase("1e9")]
    [TestCase("NaN")]
    public void Sync_looks_at_most_once_a_second(string interval)
    {
        ToolRun run = ToolRun.Of("sync", "runs", "s3://bucket/runs", "--follow", "--interval", interval);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain("--interval"));
    }
}
