using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using TorchBoard.AzureBlobs;

namespace TorchBoard;

/// <summary>
/// Runs in Azure Blob Storage. Their paths are <c>az://container/name</c>, in the storage account of the client. Event
/// files are append blobs, which grow with the run. Thread-safe.
/// </summary>
/// <remarks>
/// A request that fails is made up to three times. A read or a listing fails if it has no answer within 30 seconds; for a
/// write, time is added by its length. Containers are not created.
/// </remarks>
public sealed class AzureBlobStorage : ObjectStorage
{
    private const double SlowestBytesPerSecond = 64 * 1024;

    private readonly BlobServiceClient _client;

    /// <summary>
    /// Creates a storage for the account and with the credentials of the environment: <c>AZURE_STORAGE_CONNECTION_STRING</c>,
    /// or the account's name in <c>AZURE_STORAGE_ACCOUNT</c> with <c>AZURE_STORAGE_KEY</c>, <c>AZURE_STORAGE_SAS_TOKEN</c>
    /// or, without either, the credentials of <c>DefaultAzureCredential</c>: a managed identity, that of a workload or of
    /// <c>az login</c>, and others. Nothing is sent before the first request.
    /// </summary>
    /// <exception cref="InvalidOperationException">The environment names no account, or its values are malformed.</exception>
    public AzureBlobStorage()
    {
        _client = BlobClients.FromEnvironment();
    }

    /// <summary>Creates a storage with a client of the SDK, for the account of the client.</summary>
    /// <param name="client">The client.</param>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public AzureBlobStorage(BlobServiceClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary><c>az</c>.</summary>
    public override string Scheme => "az";

    /// <summary>The URL of the storage account.</summary>
    public override string Endpoint => _client.Uri.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>True: event files are append blobs.</summary>
    protected override bool CanAppend => true;

    /// <summary>How long a request may take, without the time for its content: longer is an outage.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<StoredObject> ListAsync(
        ObjectPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            string? from = continuation;
            Page<BlobItem>? page = await CallAsync(
                prefix, "list", Patience, token => PageAsync(prefix, from, token), cancellationToken)
                .ConfigureAwait(false);
            foreach (BlobItem blob in page?.Values ?? [])
            {
                yield return new StoredObject(
                    blob.Name, blob.Properties.ContentLength ?? 0, Version(blob.Properties.ETag),
                    blob.Properties.LastModified ?? default);
            }

            continuation = page?.ContinuationToken is { Length: > 0 } next ? next : null;
        }
        while (continuation is not null);
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> ReadAsync(
        ObjectPath path, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        return buffer.IsEmpty
            ? 0
            : await CallAsync(
                path, "read", LimitFor(buffer.Length), token => ReadOnceAsync(path, offset, buffer, token),
                cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Position = 0;
        long more = content.Length + 1;
        var options = new BlobUploadOptions
        {
            Conditions = ifVersion switch
            {
                null => null,
                "" => new BlobRequestConditions { IfNoneMatch = ETag.All },
                _ => new BlobRequestConditions { IfMatch = new ETag($"\"{ifVersion}\"") },
            },

            // One request, whatever the length: what is shorter than the first part is not split.
            TransferOptions = new() { InitialTransferSize = more, MaximumTransferSize = more, MaximumConcurrency = 1 },
        };
        Response<BlobContentInfo> written = await CallAsync(
            path, "write", LimitFor(content.Length),
            token => ContainerOf(path).GetBlockBlobClient(path.Key).UploadAsync(content, options, token),
            cancellationToken).ConfigureAwait(false);
        return Version(written.Value.ETag);
    }

    /// <inheritdoc/>
    protected override async ValueTask AppendAsync(
        ObjectPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await CallAsync(
            path, "append to", LimitFor(bytes.Length), token => AppendOnceAsync(path, offset, bytes, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask DeleteAsync(ObjectPath path, CancellationToken cancellationToken)
    {
        await CallAsync(
            path, "delete", Patience,
            token => ContainerOf(path).GetBlobClient(path.Key).DeleteIfExistsAsync(cancellationToken: token),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<Page<BlobItem>?> PageAsync(ObjectPath prefix, string? continuation, CancellationToken token)
    {
        // The first page only: the next has a deadline of its own.
        var options = new GetBlobsOptions { Prefix = prefix.Key };
        await foreach (Page<BlobItem> page in ContainerOf(prefix).GetBlobsAsync(options, token)
            .AsPages(continuation).ConfigureAwait(false))
        {
            return page;
        }

        return null;
    }

    private async Task<int> ReadOnceAsync(ObjectPath path, long offset, Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, buffer.Length) };
            Response<BlobDownloadStreamingResult> answer = await ContainerOf(path).GetBlobClient(path.Key)
                .DownloadStreamingAsync(options, token).ConfigureAwait(false);
            using BlobDownloadStreamingResult result = answer.Value;
            int expected = (int)Math.Min(result.Details.ContentLength, buffer.Length);

            // The stream asks again for what is missing if the answer breaks off.
            await result.Content.ReadExactlyAsync(buffer[..expected], token).ConfigureAwait(false);
            return expected;
        }
        catch (RequestFailedException e) when (e.Status == (int)HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }
    }

    private async Task<int> AppendOnceAsync(
        ObjectPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        AppendBlobClient blob = ContainerOf(path).GetAppendBlobClient(path.Key);
        if (offset == 0)
            await CreateAsync(blob, token).ConfigureAwait(false);
        if (bytes.IsEmpty)
            return 0;
        using var content = new MemoryStream(bytes.ToArray(), writable: false);
        await blob.AppendBlockAsync(
            content,
            new AppendBlobAppendBlockOptions
            {
                Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = offset },
            },
            token).ConfigureAwait(false);
        return bytes.Length;
    }

    // An empty blob that exists is one whose first bytes did not arrive: only one of two writers appends at its start.
    private static async Task CreateAsync(AppendBlobClient blob, CancellationToken token)
    {
        var options = new AppendBlobCreateOptions
        {
            Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await blob.CreateAsync(options, token).ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
        }
    }

    private async Task<T> CallAsync<T>(
        ObjectPath path, string verb, TimeSpan limit, Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            return await call(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw BlobFailure.Of(e, path, verb, Endpoint, limit);
        }
    }

    private BlobContainerClient ContainerOf(ObjectPath path) => _client.GetBlobContainerClient(path.Container);

    private TimeSpan LimitFor(long bytes) => Patience + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond);

    // Listings have it without quotes, answers with them.
    private static string Version(ETag? etag) => etag?.ToString().Trim('"') ?? "";
}
