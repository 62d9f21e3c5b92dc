namespace TorchBoard.Storage.Objects;

/// <summary>Requests of callers that wait for them.</summary>
internal static class ObjectRequest
{
    /// <summary>Waits for requests, which run without the caller's synchronization context.</summary>
    public static T Wait<T>(Func<Task<T>> request) => Task.Run(request).GetAwaiter().GetResult();

    /// <inheritdoc cref="Wait{T}(Func{Task{T}})"/>
    public static void Wait(Func<Task> request) => Task.Run(request).GetAwaiter().GetResult();

    /// <summary>Returns an object's size and version, or null if there is no such object: one request.</summary>
    public static async Task<StoredObject?> FindAsync(
        this ObjectStorage store, ObjectPath path, CancellationToken cancellationToken)
    {
        // The key itself comes before all keys that begin with it.
        await foreach (StoredObject first in store.ListAsync(path, cancellationToken).ConfigureAwait(false))
            return first.Key == path.Key ? first : null;
        return null;
    }

    /// <summary>Reads a whole object, or as much of it as there is.</summary>
    public static async Task<byte[]> ReadAllAsync(
        this ObjectStorage store, ObjectPath path, long size, CancellationToken cancellationToken)
    {
        byte[] content = new byte[size];
        int filled = 0, read;
        while (filled < content.Length
            && (read = await store.ReadAsync(path, filled, content.AsMemory(filled), cancellationToken)
                .ConfigureAwait(false)) > 0)
        {
            filled += read;
        }

        return filled == content.Length ? content : content[..filled];
    }
}
