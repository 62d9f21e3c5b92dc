using System.Net;
using System.Text.Json.Nodes;

namespace TorchBoard.Server.Tests.Http.Kinds;

/// <summary>What a page gets of a run.</summary>
internal sealed class KindPage : IAsyncDisposable
{
    private readonly ServedRuns _served;
    private readonly HttpClient _http;

    private KindPage(ServedRuns served)
    {
        _served = served;
        _http = new HttpClient { BaseAddress = served.Server.PageUrl };
    }

    /// <summary>Serves the run <c>run</c>, which has the number 1.</summary>
    public static Task<KindPage> StartAsync(Action<SummaryWriter> write) => StartInAsync(directory =>
    {
        using var writer = new SummaryWriter(Path.Combine(directory, "run"));
        write(writer);
    });

    public static async Task<KindPage> StartInAsync(Action<string> write) => new(await ServedRuns.StartAsync(write));

    public async Task<JsonNode> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonNode.Parse(text)!;
    }

    public async Task<(string? Type, byte[] Bytes)> GetBytesAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), System.Text.Encoding.UTF8.GetString(bytes));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        return (response.Content.Headers.ContentType?.ToString(), bytes);
    }

    /// <summary>Returns the status and the sentence of a request that is refused.</summary>
    public async Task<(int Status, string Message)> RefusedAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path);
        Assert.That(response.IsSuccessStatusCode, Is.False);
        return ((int)response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!);
    }

    /// <summary>Returns the kinds of tags, as <c>kind:tag</c>.</summary>
    public async Task<string[]> TagsAsync() =>
        [.. (await GetAsync("/api/runs"))["tags"]!.AsArray().Select(tag => $"{tag!["kind"]}:{tag["tag"]}")];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _served.DisposeAsync();
    }
}
