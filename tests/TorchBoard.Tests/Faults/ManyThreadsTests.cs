using System.Collections.Concurrent;
using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Faults;

/// <summary>Many threads on one writer, which is disposed while they run.</summary>
internal sealed class ManyThreadsTests
{
    private const int Threads = 64;

    // None of this takes seconds unless a thread is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void Sixty_four_threads_lose_nothing_that_returned_before_Dispose() =>
        AssertNothingIsLost(callsBeforeDispose: 60_000, Patience);

    [Test]
    [Explicit("Takes minutes.")]
    public void Sixty_four_threads_of_100_000_calls_lose_nothing() =>
        AssertNothingIsLost(callsBeforeDispose: 6_400_000, 20 * Patience);

    private static void AssertNothingIsLost(long callsBeforeDispose, TimeSpan patience)
    {
        using var directory = new TestDirectory();
        var writer = new SummaryWriter(directory, new SummaryWriterOptions
        {
            FlushInterval = TimeSpan.FromMilliseconds(20),
            UnwrittenBytesLimit = 4 << 20,
            WaitLimit = patience,
            FlushTimeout = patience,
        });
        long calls = 0;
        long[] returned = new long[Threads];
        var unexpected = new ConcurrentQueue<Exception>();
        using var enough = new ManualResetEventSlim();
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(thread => Started(() =>
            {
                string tag = $"thread/{thread}";
                for (long step = 0; ; step++)
                {
                    Add(writer, tag, step);
                    returned[thread] = step + 1;
                    if (Interlocked.Increment(ref calls) == callsBeforeDispose)
                        enough.Set();
                }
            })),
            .. Enumerable.Range(0, 4).Select(_ => Started(() =>
            {
                while (true)
                    writer.Flush();
            })),
        ];
        Assert.That(enough.Wait(patience), $"{Interlocked.Read(ref calls)} calls returned within {patience}");
        writer.Dispose();
        foreach (Thread thread in threads)
            Assert.That(thread.Join(patience), "no thread is stuck");

        Assert.That(unexpected, Is.Empty);
        Assert.That(writer.DroppedEvents, Is.Zero);
        Dictionary<string, List<long>> written = [];
        foreach (Event e in directory.EventFiles().SelectMany(WrittenEvents.InFile).Where(e => e.Summary is not null))
        {
            string tag = string.Join('/', e.Summary.Value[0].Tag.Split('/')[..2]);
            if (!written.TryGetValue(tag, out List<long>? steps))
                written[tag] = steps = [];
            steps.Add(e.Step);
        }

        for (int thread = 0; thread < Threads; thread++)
        {
            // Sub-runs have separate files, so the order holds within each.
            List<long> steps = written.GetValueOrDefault($"thread/{thread}", []);
            IEnumerable<long> expected = Enumerable.Range(0, steps.Count).Select(i => (long)i);
            Assert.That(steps.Order().SequenceEqual(expected), $"thread {thread}");
            Assert.That(steps, Has.Count.EqualTo(returned[thread]), $"thread {thread}");
        }

        Thread Started(Action work)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    work();
                }
                catch (ObjectDisposedException)
                {
                    // The expected end of every call.
                }
                catch (Exception e)
                {
                    unexpected.Enqueue(e);
                    enough.Set();
                }
            });
            thread.Start();
            return thread;
        }
    }

    private static void Add(SummaryWriter writer, string tag, long step)
    {
        switch (step % 50)
        {
            case 10:
                writer.AddHistogram($"{tag}/histogram", [step, 1f, 2f], step);
                break;
            case 20:
                writer.AddText($"{tag}/text", "some text", step);
                break;
            case 30:
                writer.AddImage($"{tag}/image", (byte[])[1, 2, 3, 4], step, ImageLayout.Hw, [2, 2]);
                break;
            case 40:
                writer.AddScalars(tag, [("series", step)], step);
                break;
            default:
                writer.AddScalar(tag, step, step);
                break;
        }
    }
}
