using System.Globalization;

namespace TorchBoard.Storage.Local;

/// <summary>Runs in the directories of a file system.</summary>
internal sealed class DirectoryStorage : RunStorage
{
    public static readonly DirectoryStorage Instance = new();

    internal override string FullPath(string path) => LocalPath.Full(path);

    internal override string Below(string path, string name) =>
        Path.Combine(path, name.Replace('/', Path.DirectorySeparatorChar));

    internal override bool IsBelow(string path, string name) =>
        LinkedPath.Resolve(Below(path, name))
            .StartsWith(LinkedPath.Resolve(path) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    internal override string NameOf(string path) => EventFiles.NameOf(path);

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path) => RunsBelow(path, (_, _) => { });

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(
        string path, Action<string, string> onUnreadable) => EventFiles.RunsBelow(path, onUnreadable);

    internal override IReadOnlyList<(string Name, string Path, IReadOnlyList<string> Files)> RunsWithFilesBelow(
        string path, Action<string, string> onUnreadable) => EventFiles.RunsWithFilesBelow(path, onUnreadable);

    internal override IReadOnlyList<string> EventFilesOf(string path) => EventFiles.OfRun(path);

    // Windows knows the length of a file that is being written from its handles alone, and a link has a length of its own.
    internal override long LengthOf(string path) =>
        !OperatingSystem.IsWindows() && new FileInfo(path) is { Exists: true } info
            && !info.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? info.Length
            : base.LengthOf(path);

    internal override string? VersionOf(string path) => new FileInfo(path) is { Exists: true } file
        ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")
        : null;

    internal override IStoredFile OpenRead(string path) => new LocalFile(path);

    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) =>
        LocalEventFile.Create(run, now, suffix);

    internal override IEventFile CreateFile(string path) => LocalEventFile.CreateAt(path);

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false) =>
        SharedFile.Write(path, write, sync);

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false) =>
        SharedFile.Update(path, change, sync);
}
