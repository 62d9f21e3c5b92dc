using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TorchBoard.S3;

namespace TorchBoard;

/// <summary>
/// Runs in Amazon S3 and in every store that speaks its protocol, such as MinIO, Ceph, Cloudflare R2 and Google Cloud
/// Storage. Their paths are <c>s3://bucket/key</c>. Thread-safe.
/// </summary>
/// <remarks>
/// A request that fails is made up to three times. A read or a listing fails if it has no answer within 30 seconds; for a
/// write, time is added by its length. Neither creates buckets nor sets access control lists.
/// </remarks>
public sealed class S3Storage : ObjectStorage
{
    private const double SlowestBytesPerSecond = 64 * 1024;

    // A broken answer is asked for again by us, because the SDK repeats requests only until the answer begins.
    private const int Attempts = 3;

    private readonly Lazy<IAmazonS3> _client;
    private volatile bool _hasNoConditions;
    private volatile bool _hasBareVersions;

    /// <summary>
    /// Creates a storage with the credentials, region and endpoint that the AWS SDK finds: environment variables such as
    /// <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_PROFILE</c>, <c>AWS_REGION</c> and <c>AWS_ENDPOINT_URL</c>, files of profiles, and
    /// the role of the machine or container. Nothing is read or sent before the first request.
    /// </summary>
    public S3Storage()
    {
        _client = new Lazy<IAmazonS3>(S3Client.Create, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Creates a storage with a client of the SDK.</summary>
    /// <param name="client">
    /// The client, which the caller disposes after the last use. Stores of others usually need the settings
    /// <see cref="AmazonS3Config.ForcePathStyle"/> and <see cref="RequestChecksumCalculation.WHEN_REQUIRED"/>.
    /// </param>
    /// <exception cref="ArgumentNullException">The client is null.</exception>
    public S3Storage(IAmazonS3 client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = new Lazy<IAmazonS3>(client);
    }

    /// <summary><c>s3</c>.</summary>
    public override string Scheme => "s3";

    /// <summary>The URL of the server; empty for Amazon's own.</summary>
    public override string Endpoint => S3Client.EndpointOf(() => _client.Value.Config);

    /// <summary>How long a request may take, without the time for its content: longer is an outage.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<StoredObject> ListAsync(
        ObjectPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = prefix.Container, Prefix = prefix.Key };
        do
        {
            ListObjectsV2Response page = await CallAsync(
                prefix, "list", Patience, token => _client.Value.ListObjectsV2Async(request, token), cancellationToken)
                .ConfigureAwait(false);
            foreach (S3Object one in page.S3Objects ?? [])
            {
                yield return new StoredObject(
                    one.Key, one.Size ?? 0, Version(one.ETag), ModifiedOf(one.LastModified));
            }

            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> ReadAsync(
        ObjectPath path, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (buffer.IsEmpty)
            return 0;
        TimeSpan limit = LimitFor(buffer.Length);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await CallAsync(
                    path, "read", limit, token => ReadOnceAsync(path, offset, buffer, token), cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (BrokenAnswerException) when (attempt < Attempts)
            {
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        bool isQuoted = !_hasBareVersions;
        try
        {
            return await WriteAsync(path, content, ifVersion, isQuoted, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectChangedException) when (ifVersion is { Length: > 0 } && isQuoted)
        {
            // Ceph compares the quotes, too.
            string version = await WriteAsync(path, content, ifVersion, isQuoted: false, cancellationToken)
                .ConfigureAwait(false);
            _hasBareVersions = true;
            return version;
        }
        catch (IOException e) when (
            ifVersion is { Length: 0 } && !_hasNoConditions
            && e.InnerException is AmazonServiceException { StatusCode: HttpStatusCode.NotImplemented })
        {
            _hasNoConditions = true;
            return await WriteAsync(path, content, ifVersion: null, isQuoted, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, bool isQuoted, CancellationToken cancellationToken)
    {
        content.Position = 0;
        var request = new PutObjectRequest
        {
            BucketName = path.Container,
            Key = path.Key,
            InputStream = content,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",

            // The signature of the whole content, rather than of parts, is what every store knows.
            UseChunkEncoding = false,
        };
        if (ifVersion is { Length: > 0 })
            request.IfMatch = isQuoted ? $"\"{ifVersion}\"" : ifVersion;
        else if (ifVersion is not null && !_hasNoConditions)
            request.IfNoneMatch = "*";
        PutObjectResponse written = await CallAsync(
            path, "write", LimitFor(content.Length), token => _client.Value.PutObjectAsync(request, token),
            cancellationToken).ConfigureAwait(false);
        return Version(written.ETag);
    }

    /// <inheritdoc/>
    protected override async ValueTask DeleteAsync(ObjectPath path, CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(
                path, "delete", Patience, token => _client.Value.DeleteObjectAsync(path.Container, path.Key, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
        }
    }

    private async Task<int> ReadOnceAsync(ObjectPath path, long offset, Memory<byte> buffer, CancellationToken token)
    {
        var request = new GetObjectRequest
        {
            BucketName = path.Container,
            Key = path.Key,
            ByteRange = new ByteRange(offset, offset + buffer.Length - 1),
        };
        try
        {
            using GetObjectResponse answer = await _client.Value.GetObjectAsync(request, token).ConfigureAwait(false);
            if (offset > 0 && answer.HttpStatusCode == HttpStatusCode.OK)
                throw new NotSupportedException("The server does not read parts of objects, which TorchBoard needs.");
            int expected = (int)Math.Min(answer.ContentLength, buffer.Length);
            return await ReadAllAsync(answer.ResponseStream, buffer[..expected], token).ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return 0;
        }
    }

    private static async Task<int> ReadAllAsync(Stream stream, Memory<byte> buffer, CancellationToken token)
    {
        int read = 0;
        try
        {
            read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or WebException or HttpRequestException)
        {
            throw new BrokenAnswerException($"the answer broke off: {e.Message.TrimEnd('.')}", e);
        }

        return read == buffer.Length
            ? read
            : throw new BrokenAnswerException(string.Create(
                CultureInfo.InvariantCulture, $"the answer broke off after {read} of {buffer.Length} bytes"));
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
            throw S3Failure.Of(e, path, verb, Endpoint, limit);
        }
    }

    private TimeSpan LimitFor(long bytes) => Patience + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond);

    // Some stores quote it, some do not.
    private static string Version(string? etag) => etag?.Trim('"') ?? "";

    private static DateTimeOffset ModifiedOf(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : default;
}
