using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit;

/// <summary>A request that a test's store received.</summary>
/// <param name="Verb">LIST, GET, PUT, APPEND or DELETE.</param>
/// <param name="Path">The object, or the prefix of a listing.</param>
/// <param name="Offset">The first byte that was read, or the offset of an append.</param>
/// <param name="Bytes">The number of bytes that were sent or received.</param>
internal sealed record ObjectRequest(string Verb, string Path, long Offset, long Bytes);

/// <summary>
/// An object store in memory that counts its requests and fails as a real one does: before it acts, or after, so that
/// only the answer is lost. A listing has pages of a thousand objects.
/// </summary>
internal sealed class MemoryObjects : ObjectStorage
{
    private const int PageSize = 1000;

    private readonly SortedDictionary<string, (byte[] Content, string Version, DateTimeOffset Modified)> _objects =
        new(StringComparer.Ordinal);

    private readonly List<ObjectRequest> _requests = [];
    private long _versions;

    public override string Scheme => "memory";

    /// <summary>Whether it can append.</summary>
    public bool Appends { get; init; }

    /// <summary>Whether it knows conditions for a write.</summary>
    public bool HasConditions { get; init; } = true;

    /// <summary>The exception that a request throws instead of being carried out; null for none.</summary>
    public Func<ObjectRequest, Exception?>? Fault { get; set; }

    /// <summary>The exception that a request throws after it was carried out; null for none.</summary>
    public Func<ObjectRequest, Exception?>? LostAnswer { get; set; }

    /// <summary>What the answers of reads wait for, as on a network; null for nothing.</summary>
    public Task? Answers { get; set; }

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<ObjectRequest> Requests
    {
        get
        {
            lock (_objects)
                return [.. _requests];
        }
    }

    /// <summary>The paths of all objects, in order.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_objects)
                return [.. _objects.Keys];
        }
    }

    protected internal override bool CanAppend => Appends;

    public byte[] Content(string path)
    {
        lock (_objects)
            return _objects[path].Content;
    }

    /// <summary>Writes an object, as another program would.</summary>
    public void Put(string path, byte[] content)
    {
        lock (_objects)
            Set(path, content);
    }

    /// <summary>Deletes an object, as another program would.</summary>
    public void Delete(string path)
    {
        lock (_objects)
            _objects.Remove(path);
    }

    /// <summary>The requests of a verb, and their bytes.</summary>
    public (int Count, long Bytes) Of(string verb)
    {
        ObjectRequest[] of = [.. Requests.Where(request => request.Verb == verb)];
        return (of.Length, of.Sum(request => request.Bytes));
    }

    /// <summary>Forgets the requests so far.</summary>
    public void Forget()
    {
        lock (_objects)
            _requests.Clear();
    }

    protected internal override async IAsyncEnumerable<StoredObject> ListAsync(
        ObjectPath prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string start = PathOf(prefix);
        string after = "";
        while (true)
        {
            StoredObject[] page = await Act(new ObjectRequest("LIST", start, 0, 0), () => Page(start, after, prefix));
            foreach (StoredObject o in page)
                yield return o;
            if (page.Length < PageSize)
                yield break;
            after = PathOf(prefix with { Key = page[^1].Key });
        }
    }

    protected internal override async ValueTask<int> ReadAsync(
        ObjectPath path, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ValueTask<int> read = Read(path, offset, buffer);
        if (Answers is { } answers)
            await answers.ConfigureAwait(false);
        return await read.ConfigureAwait(false);
    }
    protected internal override ValueTask<string> WriteAsync(
        ObjectPath path, Stream content, string? ifVersion, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[content.Length];
        content.Position = 0;
        content.ReadExactly(bytes);
        return Act(new ObjectRequest("PUT", PathOf(path), 0, bytes.Length), () =>
        {
            string? version = _objects.TryGetValue(PathOf(path), out var found) ? found.Version : "";
            if (HasConditions && ifVersion is not null && ifVersion != version)
                throw new ObjectChangedException($"'{PathOf(path)}' has version '{version}', not '{ifVersion}'.");
            return Set(PathOf(path), bytes);
        });
    }

    protected internal override ValueTask AppendAsync(
        ObjectPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ValueTask<string> appended = Act(new ObjectRequest("APPEND", PathOf(path), offset, bytes.Length), () =>
        {
            bool exists = _objects.TryGetValue(PathOf(path), out var found);
            if (exists != offset > 0 || (exists && found.Content.Length != offset))
                throw new ObjectChangedException($"'{PathOf(path)}' does not end at {offset}.");
            return Set(PathOf(path), [.. found.Content ?? [], .. bytes.Span]);
        });
        return new ValueTask(appended.AsTask());
    }

    protected internal override ValueTask DeleteAsync(ObjectPath path, CancellationToken cancellationToken) =>
        new(Act(new ObjectRequest("DELETE", PathOf(path), 0, 0), () => _objects.Remove(PathOf(path))).AsTask());

    private static string PathOf(ObjectPath path) => $"memory://{path.Container}/{path.Key}";

    private ValueTask<int> Read(ObjectPath path, long offset, Memory<byte> buffer)
    {
        byte[]? content = null;
        lock (_objects)
            content = _objects.TryGetValue(PathOf(path), out var found) ? found.Content : null;
        int count = content is null ? 0 : (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        return Act(new ObjectRequest("GET", PathOf(path), offset, count), () =>
        {
            if (content is null)
                throw new FileNotFoundException($"There is no object '{PathOf(path)}'.");
            content.AsSpan((int)Math.Min(offset, content.Length), count).CopyTo(buffer.Span);
            return count;
        });
    }

    private StoredObject[] Page(string start, string after, ObjectPath prefix) =>
    [
        .. _objects.Where(o => o.Key.StartsWith(start, StringComparison.Ordinal) && string.CompareOrdinal(o.Key, after) > 0)
            .Take(PageSize)
            .Select(o => new StoredObject(
                o.Key[PathOf(prefix with { Key = "" }).Length..], o.Value.Content.Length, o.Value.Version, o.Value.Modified)),
    ];

    private string Set(string path, byte[] content)
    {
        string version = (++_versions).ToString(CultureInfo.InvariantCulture);
        _objects[path] = (content, version, TimeProvider.System.GetUtcNow());
        return version;
    }

    private ValueTask<T> Act<T>(ObjectRequest request, Func<T> act)
    {
        lock (_objects)
        {
            _requests.Add(request);
            if (Fault?.Invoke(request) is { } fault)
                return ValueTask.FromException<T>(fault);
            try
            {
                T result = act();
                return LostAnswer?.Invoke(request) is { } lost ? ValueTask.FromException<T>(lost) : ValueTask.FromResult(result);
            }
            catch (Exception e)
            {
                return ValueTask.FromException<T>(e);
            }
        }
    }
}
