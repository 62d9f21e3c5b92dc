using System.Diagnostics;

namespace TorchBoard.Tests.Collection;

/// <summary>
/// Every part of the adapter works while the garbage collector does all the time: what is given to libtorch is held
/// until libtorch has read it. What these runs meet by chance, <see cref="HeldNumberTests"/> rules out.
/// </summary>
[NonParallelizable]
internal sealed class CollectionTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(100);

    [TestCaseSource(typeof(AdapterCalls), nameof(AdapterCalls.Names))]
    public void Beside_a_thread_that_collects(string call)
    {
        using var directory = new TestDirectory();
        using var parts = new AdapterParts();
        using var writer = new SummaryWriter(directory);
        using var collecting = new CollectingThread();
        long start = Stopwatch.GetTimestamp();
        do
            AdapterCalls.All[call](writer, parts);
        while (Stopwatch.GetElapsedTime(start) < Duration);
    }
}
