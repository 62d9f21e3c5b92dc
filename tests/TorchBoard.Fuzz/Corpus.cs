using System.Buffers.Binary;
using TorchBoard.CustomScalars;
using TorchBoard.Graphs;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;

namespace TorchBoard.Fuzz;

/// <summary>
/// Intact event files as records: files of other writers, and one by the library with a value of each kind.
/// </summary>
internal sealed class Corpus
{
    private Corpus(List<byte[]>[] files) => Files = files;

    public List<byte[]>[] Files { get; }

    /// <param name="directory">Where the event files of other writers are.</param>
    public static Corpus Load(string directory)
    {
        string[] others = Directory.GetFiles(directory, "*tfevents*", SearchOption.AllDirectories);
        Array.Sort(others, StringComparer.Ordinal);
        return new Corpus([Records(WrittenByOurselves()), .. others.Select(File.ReadAllBytes).Select(Records)]);
    }

    private static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at)) + 16);
            records.Add(file.AsSpan(at, length).ToArray());
            at += length;
        }

        return records;
    }

    private static byte[] WrittenByOurselves()
    {
        string directory = Directory.CreateTempSubdirectory("torchboard-corpus-").FullName;
        try
        {
            string file;
            var options = new SummaryWriterOptions { TimeProvider = new Standstill(), PurgeStep = 0 };
            using (var writer = new SummaryWriter(directory, options))
            {
                file = writer.FilePath;
                writer.AddGraph(new GraphBuilder().Add("in", "Placeholder").Add("out", "Relu", "in").Build());
                writer.AddHyperparameters(new Dictionary<string, Hyperparameter> { ["rate"] = 0.1, ["name"] = "a" });
                writer.AddCustomScalars(new CustomScalarsLayout(
                    new ChartCategory("losses", new MultilineChart("all", "loss/train"))));
                for (int step = 0; step < 5; step++)
                {
                    writer.AddScalar("loss/train", 1f / (step + 1), step);
                    writer.AddHistogram("weights", [step, 1f, 2f, 5f], step);
                    writer.AddImage("picture", (byte[])[1, 2, 3, 4], step, ImageLayout.Hw, [2, 2]);
                    writer.AddAudio("sound", [0f, 1f, -1f], step, sampleRate: 8000);
                    writer.AddText("note", $"at *{step}*", step);
                    writer.AddTable("table", ["a", "b"], [["1", "2"], ["3", "4"]], step);
                    writer.AddPrCurve("pr", [true, false, true], [0.9f, 0.2f, 0.4f], step);
                    writer.AddMesh("mesh", [0f, 0, 0, 1, 0, 0, 0, 1, 0], step);
                    writer.AddTensor("tensor", [1f, 2, 3, 4, 5, 6], step, [2, 3]);
                }
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The same bytes each time.</summary>
    private sealed class Standstill : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50);
    }
}
