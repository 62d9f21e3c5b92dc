namespace TorchBoard.Soak;

/// <summary>What one thread has added of one kind to one run, with consecutive steps from 0.</summary>
/// <param name="kind">The kind of data.</param>
/// <param name="thread">The thread.</param>
internal sealed class Track(int kind, int thread)
{
    private readonly List<(long Steps, long Dropped)> _promises = [];

    public int Kind => kind;

    public string Tag { get; } = Reference.TagOf(kind, thread);

    /// <summary>The number of steps added.</summary>
    public long Steps { get; private set; }

    public void Add(SummaryWriter writer) => Data.All[kind].AddAt(writer, Tag, Steps++);

    /// <summary>Notes a flush that succeeded.</summary>
    /// <param name="dropped">The number of events of the run reported as lost after it.</param>
    public void Promise(long dropped) => _promises.Add((Steps, dropped));

    /// <summary>The first promise that is not kept, as text; null if there is none.</summary>
    /// <param name="found">The positions of the events that were found, each once, in order.</param>
    /// <param name="perStep">The number of events of a step.</param>
    public string? Broken(long[] found, int perStep)
    {
        foreach ((long steps, long dropped) in _promises)
        {
            int index = Array.BinarySearch(found, steps * perStep);
            long missing = (steps * perStep) - (index < 0 ? ~index : index);
            if (missing > dropped)
                return $"'{Tag}': after a successful flush of {steps} steps, {missing} events are missing, but {dropped} were reported";
        }

        return null;
    }
}
