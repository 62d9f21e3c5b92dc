namespace TorchBoard.Soak;

/// <summary>Counts of what was written and read back.</summary>
internal sealed class Tally
{
    public long Added { get; set; }

    public long Found { get; set; }

    public long Dropped { get; set; }

    public long Lost { get; set; }

    public long FoundThoughDropped { get; set; }

    public long Repeated { get; set; }

    public long Embeddings { get; set; }

    public long BriefRuns;

    public long Flushes;

    public long FailedFlushes;

    public long ReadBack;

    public long Told;

    public long Moved { get; set; }

    public void Add(Tally other)
    {
        Added += other.Added;
        Found += other.Found;
        Dropped += other.Dropped;
        Lost += other.Lost;
        FoundThoughDropped += other.FoundThoughDropped;
        Repeated += other.Repeated;
        Embeddings += other.Embeddings;
        BriefRuns += other.BriefRuns;
        Flushes += other.Flushes;
        FailedFlushes += other.FailedFlushes;
        ReadBack += other.ReadBack;
        Told += other.Told;
        Moved += other.Moved;
    }

    public override string ToString() =>
        $"{Added} events added, {Found} found, {Dropped} dropped and counted, {Lost} lost, "
        + $"{FoundThoughDropped} found although counted as dropped, "
        + $"{Repeated} found twice; {Embeddings} embeddings and {BriefRuns} brief sub-runs; {Flushes} flushes, "
        + $"{FailedFlushes} failed, {ReadBack} read back at once; {Told} failures told; {Moved} files moved away";
}
