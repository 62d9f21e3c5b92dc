namespace TorchBoard.Benchmarks.Quick;

/// <summary>Directories to write to: one in memory if the system has one, one on a disk.</summary>
internal static class Place
{
    private const string SharedMemory = "/dev/shm";

    public static T InMemory<T>(Func<string, T> use) =>
        In(Directory.Exists(SharedMemory) ? SharedMemory : Path.GetTempPath(), use);

    public static T OnDisk<T>(Func<string, T> use) => In(AppContext.BaseDirectory, use);

    private static T In<T>(string parent, Func<string, T> use)
    {
        string directory = Path.Combine(parent, $"torchboard-benchmark-{Environment.ProcessId}");
        Directory.CreateDirectory(directory);
        try
        {
            return use(directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
