using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>
/// Notifies pages of changes by server-sent events: <c>/api/events</c>. Does nothing while there is no page or no
/// change.
/// </summary>
internal sealed class EventStream(ServedRuns served)
{
    /// <summary>The maximum number of concurrent streams.</summary>
    public const int MostStreams = 64;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>The time between two events.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private int _streams;

    /// <summary>Sends events until the page disconnects.</summary>
    /// <exception cref="ApiException">There are too many streams.</exception>
    public async Task SendAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            throw new ApiException(
                StatusCodes.Status429TooManyRequests, "64 pages are open, the maximum that is kept up to date. Close some.");
        }

        try
        {
            await SendAsync(context.Response, VersionOf(context), context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task SendAsync(HttpResponse response, long version, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
        RunIndex index = served.Index;
        using IDisposable watch = index.Watch();
        await WriteAsync("retry: 1000\n\n").ConfigureAwait(false);
        while (true)
        {
            Task<long> changed = index.WaitForChangeAsync(version, cancellationToken);
            while (!await IsDoneAsync(changed, cancellationToken).ConfigureAwait(false))
                await WriteAsync(":\n\n").ConfigureAwait(false);

            // Changes in the meantime have a greater version and are sent again.
            long now = await changed.ConfigureAwait(false);
            var change = new Change(
                now, index.ListVersion > version,
                [.. served.Runs.Where(run => run.Run.Version > version).Select(run => run.Id).Order()]);
            version = now;
            string data = JsonSerializer.Serialize(change, PageJson.Default.Change);
            await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {now}\nevent: change\ndata: {data}\n\n"))
                .ConfigureAwait(false);
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }

        async Task WriteAsync(string text)
        {
            await response.WriteAsync(text, cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsDoneAsync(Task changed, CancellationToken cancellationToken)
    {
        if (changed.IsCompleted)
            return true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task first = await Task.WhenAny(changed, Task.Delay(Heartbeat, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return first == changed;
    }

    // The version that the page has: after a lost connection, the browser sends the id of its last event.
    private static long VersionOf(HttpContext context)
    {
        string? text = context.Request.Headers["Last-Event-ID"];
        text ??= context.Request.Query["version"];
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version) ? version : 0;
    }

    /// <summary>The changes since the last event.</summary>
    /// <param name="Version">The version of the index.</param>
    /// <param name="List">Whether the list of runs and tags has changed.</param>
    /// <param name="Runs">The numbers of the runs that have changed.</param>
    internal sealed record Change(long Version, bool List, int[] Runs);
}
