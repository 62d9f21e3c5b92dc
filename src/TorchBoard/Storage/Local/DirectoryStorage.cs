namespace TorchBoard.Storage.Local;

/// <summary>Runs in the directories of a file system.</summary>
internal sealed class DirectoryStorage : RunStorage
{
    public static DirectoryStorage Instance { get; } = new();

    public override string FullPath(string path) => LocalPath.Full(path);

    public override string Below(string path, string name) =>
        Path.Combine(path, name.Replace('/', Path.DirectorySeparatorChar));

    public override string NameOf(string path) => EventFiles.NameOf(path);

    public override IReadOnlyList<(string Name, string Path)> RunsBelow(string path) => RunsBelow(path, (_, _) => { });

    public override IReadOnlyList<(string Name, string Path)> RunsBelow(
        string path, Action<string, string> onUnreadable) => EventFiles.RunsBelow(path, onUnreadable);

    public override IReadOnlyList<string> EventFilesOf(string path) => EventFiles.OfRun(path);

    public override IStoredFile OpenRead(string path) => new LocalFile(path);

    public override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) =>
        LocalEventFile.Create(run, now, suffix);

    public override IEventFile CreateFile(string path) => LocalEventFile.CreateAt(path);

    public override void WriteFile(string path, Action<Stream> write, bool sync = false) =>
        SharedFile.Write(path, write, sync);

    public override void UpdateFile(string path, Func<string, string> change, bool sync = false) =>
        SharedFile.Update(path, change, sync);
}
