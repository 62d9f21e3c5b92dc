using TorchBoard.TestKit;

namespace TorchBoard.Victim;

/// <summary>A program that opens new runs within one second, in a directory or in a store that is below it.</summary>
internal static class NewRuns
{
    public const int Count = 20;

    /// <summary>Opens runs when it is told to, and reports each.</summary>
    public static void Open(string directory, bool isStored)
    {
        var options = new SummaryWriterOptions { TimeProvider = new Standstill() };
        if (isStored)
        {
            options = options with
            {
                Storage = new FolderObjects(Path.Combine(directory, "store")),
                SpoolDirectory = Path.Combine(directory, "spool"),
            };
        }

        Console.WriteLine("ready");
        Console.In.ReadLine();
        for (int i = 0; i < Count; i++)
        {
            using SummaryWriter writer = SummaryWriter.OpenNewRun(
                "_try", options, isStored ? "folder://bucket/runs" : Path.Combine(directory, "runs"));
            writer.AddScalar("loss", i, 0);
            Console.WriteLine(writer.LogDirectory);
        }
    }
}
