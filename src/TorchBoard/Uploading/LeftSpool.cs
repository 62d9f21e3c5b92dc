using System.Buffers.Binary;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>What a process left in a spool: the event files of runs, and files beside them.</summary>
internal sealed class LeftSpool : IDisposable
{
    private const int HeaderLength = sizeof(ulong) + sizeof(uint);
    private const int FooterLength = sizeof(uint);

    private readonly Spool _spool;
    private readonly List<SpooledEventFile> _runs = [];
    private readonly List<SpooledUpload> _files = [];

    private LeftSpool(Spool spool, ObjectStorage store, Func<byte[]> opening, Func<DateTimeOffset> now)
    {
        _spool = spool;
        List<SpoolFile> files = spool.Files();
        foreach (SpoolFile file in files)
        {
            if (file.Kind is SpoolKind.File or SpoolKind.Change)
                _files.Add(new SpooledUpload(store, spool, file, change: null));
        }

        // The files of one run in the order in which they were written.
        foreach (IGrouping<ObjectPath, SpoolFile> run in files
            .Where(file => file.Kind is SpoolKind.Segment or SpoolKind.Part)
            .GroupBy(file => file.Target with { Key = file.Target.Key[..(file.Target.Key.LastIndexOf('/') + 1)] }))
        {
            foreach (SpoolFile file in run)
                CutOffTornRecord(file);
            _runs.Add(SpooledEventFile.Left(spool, store, [.. run], opening, now));
        }
    }

    /// <summary>The directory.</summary>
    public string Path => _spool.Directory;

    /// <summary>The number of bytes that are left.</summary>
    public long Bytes => _spool.Bytes;

    /// <summary>Takes over the spools that nobody uploads to a container anymore.</summary>
    public static List<LeftSpool> Take(
        string root, ObjectStorage store, string container, Func<byte[]> opening, Func<DateTimeOffset> now)
    {
        var taken = new List<LeftSpool>();
        foreach (Spool spool in Spool.Left(root, store, container))
        {
            try
            {
                taken.Add(new LeftSpool(spool, store, opening, now));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It cannot be read; the others can.
                spool.Dispose();
            }
        }

        return taken;
    }

    public async Task UploadAsync(Action<string, Exception> told, CancellationToken cancellationToken)
    {
        for (; _runs.Count > 0; _runs.RemoveAt(0))
            await _runs[0].UploadAsync(told, cancellationToken).ConfigureAwait(false);
        for (; _files.Count > 0; _files.RemoveAt(0))
            await _files[0].UploadAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _spool.Dispose();

    // A process that is killed leaves at most one, at the end.
    private static void CutOffTornRecord(SpoolFile file)
    {
        using var read = new LocalFile(file.Path);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        long whole = 0;
        while (read.Read(length, whole) == length.Length)
        {
            ulong end = (ulong)whole + HeaderLength + FooterLength + BinaryPrimitives.ReadUInt64LittleEndian(length);
            if (end > (ulong)file.Length || end <= (ulong)whole)
                break;
            whole = (long)end;
        }

        file.Length = whole;
    }
}
