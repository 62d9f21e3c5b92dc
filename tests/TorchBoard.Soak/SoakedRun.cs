namespace TorchBoard.Soak;

/// <summary>A run or sub-run, with what each thread has added to it.</summary>
internal sealed class SoakedRun
{
    public SoakedRun(string name, SummaryWriter writer, int threads)
    {
        Name = name;
        Writer = writer;
        Tracks = [.. Enumerable.Range(0, threads).Select(thread => Enumerable.Range(0, Data.All.Length)
            .Select(kind => new Track(kind, thread)).ToArray())];
    }

    /// <summary>The run's directory below that of the round; empty for the main run.</summary>
    public string Name { get; }

    public SummaryWriter Writer { get; }

    /// <summary>By thread and kind.</summary>
    public Track[][] Tracks { get; }

    public void Add(int thread, int kind) => Tracks[thread][kind].Add(Writer);

    /// <summary>Whether a directory, by its name below that of the round, belongs to the run.</summary>
    public bool Has(string directory) =>
        Name.Length == 0 || directory == Name || directory.StartsWith(Name + '/', StringComparison.Ordinal);
}
