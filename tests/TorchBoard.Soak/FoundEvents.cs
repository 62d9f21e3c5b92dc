namespace TorchBoard.Soak;

/// <summary>The events read back of one run.</summary>
internal sealed class FoundEvents(Reference reference)
{
    // Of each read and tag, in order.
    private readonly List<Dictionary<string, List<long>>> _positions = [];

    /// <summary>The number of events, each counted once.</summary>
    public long Count => _positions.Sum(read => read.Values.Sum(positions => (long)positions.Count));

    /// <summary>The number of events found another time.</summary>
    public long Repeated { get; private set; }

    /// <summary>What is wrong with the files themselves.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>The positions of the events of a tag: the step times the number of events of a step.</summary>
    public long[] Of(string tag) =>
        [.. _positions.SelectMany(read => read.GetValueOrDefault(tag) ?? []).Order()];

    /// <summary>Reads event files that continue each other.</summary>
    /// <param name="directories">The directories of the files, in their order.</param>
    /// <param name="thread">The only thread whose tags are read; negative for all.</param>
    public void Read(string[] directories, int thread = -1)
    {
        var read = new Dictionary<string, List<long>>(StringComparer.Ordinal);
        _positions.Add(read);
        var options = new RunLogOptions
        {
            Tags = thread < 0 ? null : tag => Reference.Parse(tag).Thread == thread,
            OnCorruptRecord = record => Wrong.Add(record.ToString()),
        };
        foreach (LoggedEvent logged in directories.SelectMany(path => RunLog.ReadEvents(path, options))
            .Where(logged => logged.Values.Count > 0))
        {
            (int kind, _, string tag) = Reference.Parse(logged.Values[0].Tag);
            int number = reference.NumberOf(kind, logged, tag);
            if (number < 0)
            {
                Wrong.Add($"'{tag}' has another value at step {logged.Step} in '{logged.File}'");
                continue;
            }

            if (!read.TryGetValue(tag, out List<long>? positions))
                read.Add(tag, positions = []);
            long position = (logged.Step * reference.EventsOf(kind)) + number;
            if (positions.Count == 0 || position > positions[^1])
                positions.Add(position);
            else if (positions.BinarySearch(position) >= 0)
                Repeated++;
            else
                Wrong.Add($"'{tag}' is out of order at step {logged.Step} in '{logged.File}'");
        }
    }
}
