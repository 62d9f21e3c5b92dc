using System.Globalization;

namespace TorchBoard.Soak;

/// <summary>A sub-run of which only embeddings are added.</summary>
internal sealed class SoakedEmbeddings(SummaryWriter writer, string directory)
{
    private int _added;

    public int Added => _added;

    public void Add()
    {
        int number = Interlocked.Increment(ref _added);
        writer.AddEmbedding<int>(Tag(number), [number, 1, 2, number], step: 0, dimensions: 2);
    }

    /// <summary>Returns what is missing although it was not reported, and what is wrong.</summary>
    public IEnumerable<string> Check()
    {
        string path = Path.Combine(directory, "projector_config.pbtxt");
        string list = File.Exists(path) ? File.ReadAllText(path) : "";
        int found = 0;
        for (int number = 1; number <= _added; number++)
        {
            if (!list.Contains($"\"{Tag(number)}:00000\"", StringComparison.Ordinal))
                continue;
            found++;
            string table = File.ReadAllText(Path.Combine(directory, "00000", Tag(number), "tensors.tsv"));
            if (table != string.Create(CultureInfo.InvariantCulture, $"{number}\t1\n2\t{number}\n"))
                yield return $"the embedding '{Tag(number)}' has other vectors: {table}";
        }

        // One that was listed may be reported nevertheless, if its directory could not be synced.
        if (found + writer.DroppedEvents < _added)
            yield return $"{_added} embeddings added, {found} found, {writer.DroppedEvents} reported as lost";
        foreach (string file in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.tmp", SearchOption.AllDirectories) : [])
            yield return $"'{file}' is left behind";
    }

    private static string Tag(int number) => string.Create(CultureInfo.InvariantCulture, $"e{number}");
}
