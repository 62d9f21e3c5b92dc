using System.Text;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Files;

/// <summary>A single file that a command writes beside its output, such as a summary for CI.</summary>
internal static class Report
{
    /// <summary>Writes the whole file or none of it. A device or a pipe, such as /dev/stdout, is written directly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text, which replaces that of the file.</param>
    public static void Write(string path, string text) =>
        WriteAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask()).GetAwaiter().GetResult();

    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content, which replaces that of the file.</param>
    /// <inheritdoc cref="Write(string, string)"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string full = LocalPath.Full(path);
        bool isDevice = full.StartsWith("/dev/", StringComparison.Ordinal)
            || FileStatus.Of(full) is { IsRegularFile: false };
        if (isDevice)
        {
            FileStream device = File.Create(full);
            await using (device.ConfigureAwait(false))
                await write(device).ConfigureAwait(false);
            return;
        }

        // A link stays; its target is replaced.
        string target = LinkedPath.Resolve(full);
        using var files = new NewFiles(Path.GetDirectoryName(target)!, mayReplace: true);
        FileStream file = File.Create(files.Add(target));
        await using (file.ConfigureAwait(false))
            await write(file).ConfigureAwait(false);
        files.Complete();
    }
}
