using TorchBoard.Pipeline;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Pipeline;

internal sealed class OpenFilesTests
{
    [Test]
    public void Of_more_than_64_files_the_one_opened_first_is_released_and_its_error_told()
    {
        var failures = new ToldFailures();
        var writer = new BackgroundWriter(
            new PipelineOptions(Timeout.InfiniteTimeSpan, TimeSpan.Zero, false, TimeSpan.Zero, GetType()),
            new BatchPool(1 << 20), failures);
        ReleasedFile[] files = [.. Enumerable.Range(0, 66).Select(i => new ReleasedFile($"{i}", fails: i == 1))];
        RunOutput[] outputs = [.. files.Select(file => new RunOutput("run", writer, () => file, _ => []))];

        foreach (RunOutput output in outputs[..64])
            output.Open();
        Assert.That(files.Count(file => file.Releases > 0), Is.Zero);
        outputs[64].Open();
        outputs[65].Open();
        Assert.That(files.Where(file => file.Releases > 0).Select(file => file.Path), Is.EqualTo(["0", "1"]));
        Assert.That(failures.Told, Is.EqualTo(["1: lost (0 lost)"]));

        outputs[0].Open();
        Assert.That(files.Where(file => file.Releases > 0).Select(file => file.Path), Is.EqualTo(["0", "1", "2"]));
        Assert.That(files[0].Releases, Is.EqualTo(1));
    }

    private sealed class ReleasedFile(string path, bool fails) : IEventFile
    {
        public string Path => path;

        public bool IsGone => false;

        public int Releases { get; private set; }

        public void Append(ReadOnlySpan<byte> records)
        {
        }

        public void SyncToDisk()
        {
        }

        public void Release()
        {
            Releases++;
            if (fails)
                throw new IOException("lost");
        }

        public void Dispose()
        {
        }
    }
}
