namespace TorchBoard.Uploading;

/// <summary>Counts the files of one look, each of which fails on its own.</summary>
internal sealed class SyncCount(SyncOptions options)
{
    private int _copied;
    private int _unchanged;
    private int _failed;
    private long _bytes;

    public SyncResult Result => new(_copied, _unchanged, _failed, _bytes);

    /// <summary>Copies a file.</summary>
    /// <param name="source">Where it is from.</param>
    /// <param name="target">Where it is copied to.</param>
    /// <param name="copy">Copies it and returns the number of bytes; null if it is equal already.</param>
    public async Task AddAsync(string source, string target, Func<Task<long?>> copy)
    {
        try
        {
            if (await copy().ConfigureAwait(false) is not { } bytes)
            {
                _unchanged++;
                return;
            }

            _copied++;
            _bytes += bytes;
            options.OnFile?.Invoke(new SyncedFile(source, target, bytes, Failure: null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failed++;
            options.OnFile?.Invoke(new SyncedFile(source, target, 0, e));
        }
    }

    public void Fail(string source, string target, string reason)
    {
        _failed++;
        options.OnFile?.Invoke(new SyncedFile(source, target, 0, new IOException(reason)));
    }
}
