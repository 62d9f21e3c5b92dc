using TorchBoard.Records;
using TorchBoard.Storage.Local;

namespace TorchBoard.Benchmarks.Quick;

/// <summary>The cost of reading a run, compared with reading the same bytes and checking the same checksums.</summary>
internal static class ReadingFigures
{
    private const int Events = 1_000_000;
    private const int Runs = 7;

    public static IEnumerable<Figure> All() => Place.InMemory(Read);

    private static IEnumerable<Figure> Read(string directory)
    {
        string[] tags = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];
        string file;
        using (var writer = new SummaryWriter(directory))
        {
            file = writer.FilePath;
            for (int i = 0; i < Events; i++)
                writer.AddScalar(tags[i % tags.Length], i, i);
        }

        var oneTag = new RunLogOptions { Tags = tag => tag == tags[7] };
        Timing limit = Repeat.Time(Runs, () => Repeat.Seconds(() => CheckRecords(file)));
        Timing all = Repeat.Time(Runs, () => Repeat.Seconds(() => RunLog.Open(file)));
        Timing one = Repeat.Time(Runs, () => Repeat.Seconds(() => RunLog.Open(file, oneTag)));
        return
        [
            Figure.OfRate("reading 1 M scalars", "M events/s", Events / 1e6, all, limit),
            Figure.OfRate("reading one tag of 20 out of 1 M scalars", "M events/s", Events / 1e6, one, limit),
        ];
    }

    /// <summary>The limit: reading the file and checking its checksums record by record, without decoding.</summary>
    private static void CheckRecords(string file)
    {
        using var reader = new RecordReader(new LocalFile(file));
        while (reader.Read(out _) == ReadStatus.Record)
        {
        }
    }
}
