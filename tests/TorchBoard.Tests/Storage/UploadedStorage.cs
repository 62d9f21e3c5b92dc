using TorchBoard.Storage;
using TorchBoard.Uploading;

namespace TorchBoard.Tests.Storage;

/// <summary>The storage of a writer to an object store, with an upload before each look at the store.</summary>
internal sealed class UploadedStorage(SpooledStorage spooled, Uploader uploader) : RunStorage
{
    internal override string FullPath(string path) => spooled.FullPath(path);

    internal override string Below(string path, string name) => spooled.Below(path, name);

    internal override string NameOf(string path) => spooled.NameOf(path);

    internal override IReadOnlyList<(string Name, string Path)> RunsBelow(string path) => Uploaded().RunsBelow(path);

    internal override IReadOnlyList<string> EventFilesOf(string path) => Uploaded().EventFilesOf(path);

    internal override string? VersionOf(string path) => Uploaded().VersionOf(path);

    internal override IStoredFile OpenRead(string path) => new UploadedFile(this, Uploaded().OpenRead(path));

    internal override IEventFile CreateEventFile(string run, DateTimeOffset now, string suffix) =>
        spooled.CreateEventFile(run, now, suffix);

    internal override IEventFile CreateFile(string path) => spooled.CreateFile(path);

    internal override void WriteFile(string path, Action<Stream> write, bool sync = false) =>
        spooled.WriteFile(path, write, sync);

    internal override void UpdateFile(string path, Func<string, string> change, bool sync = false) =>
        spooled.UpdateFile(path, change, sync);

    private SpooledStorage Uploaded()
    {
        if (uploader.Upload(all: true) is { } failure)
            throw new IOException("The upload failed.", failure);
        return spooled;
    }

    private sealed class UploadedFile(UploadedStorage storage, IStoredFile file) : IStoredFile
    {
        public long Length
        {
            get
            {
                storage.Uploaded();
                return file.Length;
            }
        }

        public int Read(Span<byte> buffer, long position)
        {
            storage.Uploaded();
            return file.Read(buffer, position);
        }

        public void Dispose() => file.Dispose();
    }
}
