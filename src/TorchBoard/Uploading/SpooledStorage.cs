using System.Text;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>
/// An object store as a writer sees it: what it writes is in the spool when a call returns, and in the store later.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="spool">The writer's spool.</param>
/// <param name="uploader">Uploads the files of the spool.</param>
/// <param name="opening">Returns the records that begin every event file.</param>
/// <param name="now">Returns the current time.</param>
/// <param name="onOthers">
/// Called if the first run turns out to have event files already, with its path; null for nothing.
/// </param>
internal sealed class SpooledStorage(
    ObjectStorage store, Spool spool, Uploader uploader, Func<byte[]> opening, Func<DateTimeOffset> now,
    Action<string>? onOthers = null) : RunStorage
{
    private readonly object _gate = new();
    private Action<string>? _onOthers = onOthers;

    internal override string FullPath(string path) => store.FullPath(path);

    internal override string Below(string path, string name) => store.Below(path, name);

    internal override string NameOf(string path) => store.NameOf(path);

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path) => store.RunsBelow(path);

    internal override IReadOnlyList<string> EventFilesOf(string path) => store.EventFilesOf(path);

    internal override string? VersionOf(string path) => store.VersionOf(path);

    internal override IStoredFile OpenRead(string path) => store.OpenRead(path);

    internal override IEventFile CreateEventFile(string run, DateTimeOffset time, string suffix)
    {
        // The names of other files are known only to the store, which is asked later: no call waits for it.
        string end = $".{spool.Id}{suffix}";
        ObjectPath first = ObjectPath.Split(store.Below(store.FullPath(run), EventFileName.Next(null, time, end)));
        SpooledEventFile file = SpooledEventFile.Create(spool, store, first, opening, now, end);
        file.OnOthers = Interlocked.Exchange(ref _onOthers, null);
        uploader.Add(file);
        return file;
    }

    internal override IEventFile CreateFile(string path) => store.CreateFile(path);

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false) =>
        Spooled(SpoolKind.File, path, file => SharedFile.Write(file, write, sync), change: null);

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false)
    {
        // Another process can only add the text to what the store has; this one can do what is meant.
        byte[] text = Encoding.UTF8.GetBytes(change(""));
        Spooled(SpoolKind.Change, path, file => SharedFile.Write(file, stream => stream.Write(text), sync), change);
    }

    private void Spooled(SpoolKind kind, string path, Action<string> write, Func<string, string>? change)
    {
        lock (_gate)
        {
            SpoolFile file = spool.Next(kind, ObjectPath.Split(store.FullPath(path)), offset: 0);
            try
            {
                write(file.Path);
                file.Length = new FileInfo(file.Path).Length;
                spool.Reserve(file.Length);
            }
            catch
            {
                file.Delete();
                throw;
            }

            uploader.Add(new SpooledUpload(store, spool, file, change));
        }
    }
}
