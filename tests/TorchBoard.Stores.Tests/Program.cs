using System.Globalization;

namespace TorchBoard.Stores.Tests;

/// <summary>
/// A training that writes to a store until it is killed: <c>PATH SPOOL FIRST</c>. It prints each step that is flushed.
/// </summary>
internal static class Program
{
    private const int PerFlush = 20;

    public static void Main(string[] args)
    {
        ObjectStorage storage = args[0].StartsWith("s3:", StringComparison.Ordinal) ? new S3Storage() : new AzureBlobStorage();
        using var writer = new SummaryWriter(
            args[0],
            new()
            {
                Storage = storage,
                SpoolDirectory = args[1],
                UploadInterval = TimeSpan.FromMilliseconds(100),
            });
        for (long step = long.Parse(args[2], CultureInfo.InvariantCulture); ; step++)
        {
            writer.AddScalar("loss", 1f / (step + 1), step);
            if (step % PerFlush != 0)
                continue;
            writer.Flush();
            Console.WriteLine(step);
        }
    }
}
