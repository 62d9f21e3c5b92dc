using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace TorchBoard.Tests.Collection;

/// <summary>
/// Counts the objects that the runtime finalizes, by their types: what was neither held nor disposed of. It hears of
/// them by the runtime's own events.
/// </summary>
internal sealed class FinalizedObjects : EventListener
{
    private const EventKeywords Collection = (EventKeywords)0x1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<nint, int> _counts = new();
    private readonly SemaphoreSlim _marks = new(0);

    /// <summary>Counts the numbers and tensors that an action leaves to the finalizer.</summary>
    public (int Scalars, int Tensors) During(Action action)
    {
        Finish();
        (int scalars, int tensors) = (CountOf<Scalar>(), CountOf<torch.Tensor>());
        action();
        Finish();
        return (CountOf<Scalar>() - scalars, CountOf<torch.Tensor>() - tensors);
    }

    public override void Dispose()
    {
        base.Dispose();
        _marks.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Collection);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("FinalizeObject", StringComparison.Ordinal) != true)
            return;
        nint type = (nint)eventData.Payload![0]!;
        _counts.AddOrUpdate(type, 1, (_, count) => count + 1);
        if (type == typeof(Mark).TypeHandle.Value)
            _marks.Release();
    }

    private int CountOf<T>() => _counts.GetValueOrDefault(typeof(T).TypeHandle.Value);

    // Events come in the order in which one thread finalized, a while later.
    private void Finish()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        DropMark();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (!_marks.Wait(Patience))
            Assert.Fail("The runtime did not tell of its finalizers.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropMark() => _ = new Mark();

    private sealed class Mark
    {
        ~Mark() => GC.KeepAlive(this);
    }
}
