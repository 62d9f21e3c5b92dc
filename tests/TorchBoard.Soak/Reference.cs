namespace TorchBoard.Soak;

/// <summary>The events of each kind of data and step of the cycle, as read back without faults.</summary>
internal sealed class Reference
{
    private readonly Dictionary<string, int>[][] _numbers;

    private Reference(Dictionary<string, int>[][] numbers) => _numbers = numbers;

    public static Reference Write(string directory)
    {
        var numbers = new Dictionary<string, int>[Data.All.Length][];
        using (var writer = new SummaryWriter(directory))
        {
            for (int kind = 0; kind < numbers.Length; kind++)
            {
                numbers[kind] = [.. Enumerable.Range(0, Data.Cycle).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
                for (int step = 0; step < Data.Cycle; step++)
                    Data.All[kind].AddAt(writer, TagOf(kind, 0), step);
            }
        }

        foreach ((_, string path) in RunDirectories.Below(directory))
        {
            foreach (LoggedEvent logged in RunLog.ReadEvents(path).Where(logged => logged.Values.Count > 0))
            {
                (int kind, int _, string tag) = Parse(logged.Values[0].Tag);
                Dictionary<string, int> calls = numbers[kind][logged.Step];
                calls.Add(Fingerprint.Of(logged, tag), calls.Count);
            }
        }

        return new Reference(numbers);
    }

    /// <summary>The tag of a kind of data, as a thread uses it.</summary>
    public static string TagOf(int kind, int thread) => $"{Data.All[kind].Name}/{(char)('a' + thread)}";

    /// <summary>Returns the kind of data, the thread and the tag passed to the call of any tag in an event.</summary>
    public static (int Kind, int Thread, string Tag) Parse(string tag)
    {
        int slash = tag.IndexOf('/', StringComparison.Ordinal);
        int kind = slash < 0 ? -1 : Array.FindIndex(Data.All, data => data.Name == tag[..slash]);
        return kind < 0
            ? throw new InvalidDataException($"'{tag}' was never added.")
            : (kind, tag[slash + 1] - 'a', tag[..(slash + 2)]);
    }

    /// <summary>The number of events that one call adds.</summary>
    public int EventsOf(int kind) => _numbers[kind][1].Count;

    /// <summary>Returns which event of its call an event is; negative if its value is wrong.</summary>
    public int NumberOf(int kind, LoggedEvent logged, string tag) =>
        logged.Step >= 0 && _numbers[kind][logged.Step % Data.Cycle].TryGetValue(Fingerprint.Of(logged, tag), out int number)
            ? number
            : -1;
}
