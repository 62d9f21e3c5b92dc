namespace TorchBoard;

/// <summary>
/// A store of objects, such as S3. <see cref="SummaryWriter"/> and <see cref="RunLog"/> need only the few requests
/// that a derived class implements. Thread-safe.
/// </summary>
/// <remarks>
/// Each member makes one request, which it may repeat after a transient failure. It must not depend on the caller's thread
/// to continue (<c>ConfigureAwait(false)</c>), because callers may block. A failure is an <see cref="IOException"/> whose
/// message names the object and, if known, the remedy.
/// </remarks>
public abstract partial class ObjectStorage : RunStorage
{
    /// <summary>Creates a storage.</summary>
    protected ObjectStorage()
    {
    }

    /// <summary>The scheme of its paths in lower case: <c>s3</c> for <c>s3://bucket/key</c>.</summary>
    public abstract string Scheme { get; }

    /// <summary>
    /// What distinguishes the store from others with the same scheme, such as the address of the server; empty by
    /// default. Data that a killed program left on the local disk is sent only to the store that it was meant for.
    /// </summary>
    public virtual string Endpoint => "";

    /// <summary>Whether <see cref="AppendAsync"/> is implemented; false by default.</summary>
    protected internal virtual bool CanAppend => false;

    /// <summary>
    /// Lists the objects whose keys begin with a prefix, in ordinal order of the keys, page by page, at no cost
    /// for other objects. If there is none, the list is empty.
    /// </summary>
    /// <param name="prefix">The container, and the beginning of the keys, of any form.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="IOException">
    /// The objects cannot be listed, for example because there is no such container.
    /// </exception>
    protected internal abstract IAsyncEnumerable<StoredObject> ListAsync(
        ObjectPath prefix, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="buffer"/>'s length of bytes in one request.</summary>
    /// <param name="path">The object.</param>
    /// <param name="offset">The first byte to read. There may be none, which is not an error.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>
    /// The number of bytes, less than the length only at the end of the object; zero if it has no byte at the offset.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    /// <exception cref="IOException">The object cannot be read, or the answer broke off.</exception>
    protected internal abstract ValueTask<int> ReadAsync(
        ObjectPath path, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Creates or replaces an object in one request, whole or not at all.</summary>
    /// <param name="path">The object.</param>
    /// <param name="content">The content, which has a length and can seek; from its start. Left open.</param>
    /// <param name="ifVersion">
    /// Null to replace any version; empty to do so only if there is no such object; otherwise, only if it has this
    /// version. A store without conditions of this kind ignores it.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The new version, as <see cref="ListAsync"/> would return it.</returns>
    /// <exception cref="ObjectChangedException">The condition does not hold.</exception>
    /// <exception cref="IOException">The object cannot be written.</exception>
    protected internal abstract ValueTask<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, CancellationToken cancellationToken);

    /// <summary>
    /// Appends to an object that only this method has written, or creates it. Called only if <see cref="CanAppend"/>.
    /// </summary>
    /// <param name="path">The object.</param>
    /// <param name="offset">The expected size of the object; zero creates it, only if there is none.</param>
    /// <param name="bytes">The bytes, at most 4 MiB.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ObjectChangedException">The object has another size, does not exist, or already exists.</exception>
    /// <exception cref="IOException">The bytes cannot be appended.</exception>
    protected internal virtual ValueTask AppendAsync(
        ObjectPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{GetType().Name} cannot append to objects.");

    /// <summary>Deletes an object; does nothing if there is none.</summary>
    /// <param name="path">The object.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="IOException">The object cannot be deleted.</exception>
    protected internal abstract ValueTask DeleteAsync(ObjectPath path, CancellationToken cancellationToken);
}
