using TorchBoard.Fuzz;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Reading;

/// <summary>All ways of reading a file give the same values, bit for bit, and report the same errors.</summary>
internal sealed class OneScanTests
{
    private const int Mutants = 400;

    private static readonly string TestData = Path.Combine(AppContext.BaseDirectory, "TestData");

    private static IEnumerable<string> FilesOfOtherWriters => Directory
        .EnumerateFiles(TestData, "*tfevents*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(TestData, file))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(FilesOfOtherWriters))]
    public async Task A_file_of_another_writer_has_the_same_values_in_every_way_of_reading(string file)
    {
        string path = Path.Combine(TestData, file);
        ReadValues whole = Whole(path);
        Assert.That(RunLog.Open(path).Files.Single().EventCount, Is.Positive);
        Assert.That(whole.DifferenceTo(Streamed(path)), Is.Null, "ReadEvents");
        Assert.That(whole.DifferenceTo(await Followed(path, [])), Is.Null, "FollowAsync");
    }

    [TestCaseSource(nameof(FilesOfOtherWriters))]
    public async Task A_file_that_grows_while_it_is_followed_has_the_same_values(string file)
    {
        using var directory = new TestDirectory();
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(TestData, file));
        string path = EventBytes.Write(directory, [bytes[..3]]);
        ReadValues followed = await Followed(path, [.. bytes[3..].Chunk((bytes.Length / 7) + 1)]);
        Assert.That(Whole(path).DifferenceTo(followed), Is.Null);
    }

    [Test]
    public async Task Damaged_files_have_the_same_values_in_every_way_of_reading()
    {
        using var directory = new TestDirectory();
        var corpus = Corpus.Load(TestData);
        int withValues = 0;
        for (int number = 0; number < Mutants; number++)
        {
            string path = EventBytes.Write(directory, [Mutant.Of(corpus, seed: 16, number).Bytes]);
            ReadValues streamed = Streamed(path);
            Assert.That(streamed.DifferenceTo(await Followed(path, [])), Is.Null, $"FollowAsync of mutant {number}");
            if (streamed is { Tags.Count: 0, Graphs.Count: 0 })
                continue;
            withValues++;
            Assert.That(Whole(path).DifferenceTo(streamed), Is.Null, $"ReadEvents of mutant {number}");
        }

        Assert.That(withValues, Is.GreaterThan(Mutants / 2), "most mutants have values to compare");
    }

    [Test]
    public async Task Malformed_metadata_loses_only_its_value_of_the_event()
    {
        using var directory = new TestDirectory();
        byte[] record = EventBytes.Record(
            7,
            new Summary.Types.Value { Tag = "before", SimpleValue = 1 },
            new Summary.Types.Value { Tag = "described", SimpleValue = 2, Metadata = EventBytes.Plugin("scalars") },
            new Summary.Types.Value { Tag = "after", SimpleValue = 3 });
        string path = EventBytes.Write(directory, [EventBytes.Opening(), Malformed(record)]);

        ReadValues whole = Whole(path);
        Assert.That(whole.Tags.Keys, Is.EquivalentTo(["before", "after"]));
        Assert.That(whole.Errors.Single(), Does.Contain("tag 'described'"));
        Assert.That(whole.DifferenceTo(Streamed(path)), Is.Null, "ReadEvents");
        Assert.That(whole.DifferenceTo(await Followed(path, [])), Is.Null, "FollowAsync");
    }

    // The length of the plugin's name claims that it extends beyond the metadata.
    private static byte[] Malformed(byte[] record)
    {
        byte[] payload = record[12..^4];
        payload[payload.AsSpan().IndexOf("scalars"u8) - 1] = 100;
        return TorchBoard.Events.EventRecord.Frame(payload);
    }

    private static ReadValues Whole(string path) =>
        ReadValues.Of(RunLog.Open(path, new RunLogOptions { ApplyRestarts = false }));

    private static ReadValues Streamed(string path)
    {
        var errors = new List<CorruptRecord>();
        LoggedEvent[] events = [.. RunLog.ReadEvents(path, new RunLogOptions { OnCorruptRecord = errors.Add })];
        return ReadValues.Of(events, errors);
    }

    private static async Task<ReadValues> Followed(string path, IReadOnlyList<byte[]> appended)
    {
        var events = new List<LoggedEvent>();
        var errors = new List<CorruptRecord>();
        using var end = new CancellationTokenSource();
        var options = new FollowOptions
        {
            OnCorruptRecord = errors.Add,
            TimeProvider = new AppendingClock(path, new Queue<byte[]>(appended), end),
        };
        try
        {
            await foreach (LoggedEvent logged in RunLog.FollowAsync(path, options, end.Token))
                events.Add(logged);
        }
        catch (OperationCanceledException)
        {
            // All data has been appended and read.
        }

        return ReadValues.Of(events, errors);
    }

    /// <summary>A clock whose waits last until more data is appended; it cancels the last wait.</summary>
    private sealed class AppendingClock(string path, Queue<byte[]> appended, CancellationTokenSource end) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (appended.TryDequeue(out byte[]? piece))
            {
                File.AppendAllBytes(path, piece);
                return base.CreateTimer(callback, state, TimeSpan.Zero, period);
            }

            end.Cancel();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
