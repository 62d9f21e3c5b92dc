using TorchBoard.Events;
using TorchBoard.Storage.Local;
using TorchBoard.Uploading;

namespace TorchBoard;

/// <summary>
/// Copies runs of any writer, such as PyTorch, between a directory and an object store: event files, and the files that
/// the projector needs. Other files, such as checkpoints, are not copied. Nothing is deleted.
/// </summary>
/// <remarks>
/// Files that are equal in both places are not copied again; they are compared by size and, if necessary, by content. An
/// event file only grows: a copy that is not a prefix of its source was changed by another program, so it is left unchanged
/// and reported.
/// </remarks>
public static class RunSync
{
    /// <summary>Copies the runs in and below a directory to a store.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="storage">The store.</param>
    /// <param name="path">The place there, such as <c>s3://bucket/runs</c>.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <param name="cancellationToken">
    /// Cancels the copying. If runs are followed, ends it instead: existing data is still copied, for at most 30 seconds.
    /// </param>
    /// <returns>The result of the last pass.</returns>
    /// <remarks>
    /// A store that cannot append receives a growing file as a whole again, as long as all uploads of the file together
    /// have at most five times its size plus 4 MiB. After that, the rest is uploaded when the file has grown by a quarter,
    /// has not grown for an hour, or is no longer followed.
    /// </remarks>
    /// <exception cref="ArgumentException">The directory is a URI, or the path is not one of the storage.</exception>
    /// <exception cref="IOException">The directory or the store cannot be listed.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Task<SyncResult> ToStorageAsync(
        string directory, ObjectStorage storage, string path, SyncOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        RunStorage.Of(directory, storage: null);
        ArgumentNullException.ThrowIfNull(storage);
        RunStorage.Of(path, storage);
        var sync = new DirectoryUpload(LocalPath.Full(directory), storage, storage.FullPath(path), options ?? new());
        return FollowAsync(sync.PassAsync, options ?? new(), cancellationToken);
    }

    /// <summary>Copies the runs in and below a path of a store to a directory.</summary>
    /// <param name="storage">The store.</param>
    /// <param name="path">The place there, such as <c>s3://bucket/runs</c>.</param>
    /// <param name="directory">The directory, which is created if necessary.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <param name="cancellationToken">
    /// Cancels the copying. If runs are followed, ends it instead: existing data is still copied, for at most 30 seconds.
    /// </param>
    /// <returns>The result of the last pass.</returns>
    /// <exception cref="ArgumentException">The directory is a URI, or the path is not one of the storage.</exception>
    /// <exception cref="IOException">The store cannot be listed.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static Task<SyncResult> FromStorageAsync(
        ObjectStorage storage, string path, string directory, SyncOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        RunStorage.Of(directory, storage: null);
        ArgumentNullException.ThrowIfNull(storage);
        RunStorage.Of(path, storage);
        var sync = new DirectoryDownload(storage, storage.FullPath(path), LocalPath.Full(directory), options ?? new());
        return FollowAsync(sync.PassAsync, options ?? new(), cancellationToken);
    }

    /// <summary>
    /// Uploads the data that writers left in the spool because they were killed or the store did not answer. The next
    /// writer to the same bucket or container would do the same.
    /// </summary>
    /// <param name="storage">The store.</param>
    /// <param name="path">A path in the bucket or container.</param>
    /// <param name="spoolDirectory">
    /// The directory of <see cref="SummaryWriterOptions.SpoolDirectory"/>; null for the default.
    /// </param>
    /// <param name="cancellationToken">Cancels the uploads; the remaining data stays in the spool.</param>
    /// <returns>The number of bytes that ended writers had left; zero if there were none.</returns>
    /// <exception cref="ArgumentException">The path is not one of the storage.</exception>
    /// <exception cref="IOException">The store does not accept the data, which stays in the spool.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static async Task<long> UploadSpoolAsync(
        ObjectStorage storage, string path, string? spoolDirectory = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(storage);
        RunStorage.Of(path, storage);
        string root = Spool.RootOf(spoolDirectory);
        List<LeftSpool> left = LeftSpool.Take(root, storage, ObjectPath.Split(path).Container, Opening, Now);
        try
        {
            long bytes = left.Sum(spool => spool.Bytes);
            foreach (LeftSpool spool in left)
                await spool.UploadAsync((_, _) => { }, cancellationToken).ConfigureAwait(false);
            return bytes;
        }
        finally
        {
            left.ForEach(spool => spool.Dispose());
        }

        static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

        static byte[] Opening() => EventRecord.Opening(WallTime.Seconds(Now()));
    }

    private static async Task<SyncResult> FollowAsync(
        Func<bool, CancellationToken, Task<SyncResult>> pass, SyncOptions options, CancellationToken cancellationToken)
    {
        if (!options.Follow)
            return await pass(true, cancellationToken).ConfigureAwait(false);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await pass(false, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                // The store or the directory cannot be listed at present.
                options.OnFile?.Invoke(new SyncedFile("", "", 0, e));
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(options.Interval, options.TimeProvider, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        using var last = new CancellationTokenSource(SyncOptions.LastPassTimeout);
        return await pass(true, last.Token).ConfigureAwait(false);
    }
}
