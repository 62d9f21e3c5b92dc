using TorchBoard.Storage.Local;
using TorchBoard.Storage.Objects;

namespace TorchBoard.Uploading;

/// <summary>
/// Uploads files of the spool. An attempt whose answer was lost may have succeeded, and a killed process may have
/// uploaded more than is known: what the store has is then compared with the file.
/// </summary>
internal static class FileUpload
{
    /// <summary>The number of times that an object is appended to; Azure allows 50,000.</summary>
    public const int MostAppends = 40_000;

    private const int MostAppended = 4 << 20;

    /// <summary>Uploads a file up to a length.</summary>
    /// <exception cref="ObjectChangedException">The object has other content, or was deleted.</exception>
    /// <exception cref="IOException">The store does not accept it at present.</exception>
    public static async Task SendAsync(
        ObjectStorage store, SpoolFile file, long length, UploadBudget budget, CancellationToken cancellationToken)
    {
        if (file.Kind == SpoolKind.Part)
            await AppendAsync(store, file, length, budget, cancellationToken).ConfigureAwait(false);
        else
            await WriteAsync(store, file, length, budget, cancellationToken).ConfigureAwait(false);
        file.ShippedWhole = file.Shipped;
    }

    private static async Task WriteAsync(
        ObjectStorage store, SpoolFile file, long length, UploadBudget budget, CancellationToken cancellationToken)
    {
        try
        {
            await WriteOnceAsync().ConfigureAwait(false);
        }
        catch (ObjectChangedException e)
        {
            if (await store.FindAsync(file.Target, cancellationToken).ConfigureAwait(false) is not { } found)
                throw Changed(file, file.Shipped == 0 ? "is refused" : "was deleted", e);
            if (found.Size > length
                || !await IsEqualAsync(store, file, 0, found.Size, cancellationToken).ConfigureAwait(false))
            {
                throw Changed(file, "was changed", e);
            }

            (file.Version, file.Shipped) = (found.Version, found.Size);
            if (found.Size < length)
                await WriteOnceAsync().ConfigureAwait(false);
        }

        file.Shipped = length;

        async Task WriteOnceAsync()
        {
            using var content = new FilePrefix(file.Path, length);
            string? condition = file.Kind == SpoolKind.File ? null : file.Version;
            file.Version = await store.WriteAsync(file.Target, content, condition, cancellationToken)
                .ConfigureAwait(false);
            budget.Add(length, length - file.Shipped);
        }
    }

    private static async Task AppendAsync(
        ObjectStorage store, SpoolFile file, long length, UploadBudget budget, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[(int)Math.Min(MostAppended, length - file.Shipped)];
        bool isCompared = false;
        while (file.Shipped < length)
        {
            int count = (int)Math.Min(bytes.Length, length - file.Shipped);
            Read(file, file.Shipped, bytes.AsSpan(0, count));
            try
            {
                await store.AppendAsync(
                    file.Target, file.Offset + file.Shipped, bytes.AsMemory(0, count), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ObjectChangedException e) when (!isCompared)
            {
                isCompared = true;
                await CompareAsync(e).ConfigureAwait(false);
                continue;
            }

            file.Shipped += count;
            budget.Add(count, count);
        }

        async Task CompareAsync(ObjectChangedException e)
        {
            if (await store.FindAsync(file.Target, cancellationToken).ConfigureAwait(false) is not { } found)
                throw Changed(file, "was deleted", e);
            long has = Math.Min(found.Size - file.Offset, length);
            if (has < file.Shipped
                || !await IsEqualAsync(store, file, file.Shipped, has, cancellationToken).ConfigureAwait(false))
            {
                throw Changed(file, "was changed", e);
            }

            file.Shipped = has;
        }
    }

    /// <summary>Returns whether a range of a file is the same in its object.</summary>
    public static async Task<bool> IsEqualAsync(
        ObjectStorage store, SpoolFile file, long from, long to, CancellationToken cancellationToken)
    {
        byte[] there = new byte[(int)Math.Min(MostAppended, Math.Max(1, to - from))];
        byte[] here = new byte[there.Length];
        while (from < to)
        {
            int wanted = (int)Math.Min(there.Length, to - from);
            int count = await store.ReadAsync(
                file.Target, file.Offset + from, there.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
            Read(file, from, here.AsSpan(0, count));
            if (count == 0 || !there.AsSpan(0, count).SequenceEqual(here.AsSpan(0, count)))
                return false;
            from += count;
        }

        return true;
    }

    private static void Read(SpoolFile file, long position, Span<byte> buffer)
    {
        using var local = new LocalFile(file.Path);
        while (!buffer.IsEmpty)
        {
            int read = local.Read(buffer, position);
            if (read == 0)
                throw new IOException($"'{file.Path}' in the spool was truncated by another program.");
            buffer = buffer[read..];
            position += read;
        }
    }

    private static ObjectChangedException Changed(SpoolFile file, string what, Exception cause) => new(
        $"'{file.TargetPath}' {what} by another program, and is left alone.", cause);
}
