using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

internal sealed class SpinGateTests
{
    [Test]
    public void On_one_processor_waiting_threads_sleep()
    {
        var gate = new SpinGate(processors: 1);
        gate.Take();
        bool entered = false;
        var other = new Thread(() =>
        {
            using (gate.Enter())
                entered = true;
        });
        other.Start();
        Assert.That(() => other.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Is.True.After(30_000, 1));
        Assert.That(entered, Is.False);

        gate.Release();
        other.Join();
        Assert.That(entered, Is.True);
    }

    [Test]
    public void One_thread_at_a_time_is_inside([Values(1, 2)] int processors)
    {
        const int times = 100_000;
        var gate = new SpinGate(processors);
        long count = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < times; i++)
            {
                using (gate.Enter())
                    count++;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(count, Is.EqualTo(threads.Length * times));
    }
}
