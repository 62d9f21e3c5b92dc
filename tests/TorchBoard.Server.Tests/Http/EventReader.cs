using System.Net;
using System.Text.Json.Nodes;

namespace TorchBoard.Server.Tests.Http;

/// <summary>A page's stream of events.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpClient http, HttpResponseMessage response, Stream stream)
    {
        _http = http;
        _response = response;
        _lines = new StreamReader(stream);
    }

    public HttpStatusCode Status => _response.StatusCode;

    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    public static Task<EventReader> OpenAsync(RunServer server, string query = "", long? lastEvent = null) =>
        OpenAsync(server.PageUrl!, query, lastEvent);

    public static async Task<EventReader> OpenAsync(Uri page, string query = "", long? lastEvent = null)
    {
        var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, $"/api/events{query}"));
        if (lastEvent is not null)
            request.Headers.Add("Last-Event-ID", $"{lastEvent}");
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(http, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Returns the data of the next event, as soon as it is there.</summary>
    public async Task<JsonNode> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string id = "";
        while (true)
        {
            string line = await _lines.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            JsonNode data = JsonNode.Parse(line[6..])!;
            Assert.That(id, Is.EqualTo($"{data["version"]}"));
            return data;
        }
    }

    /// <summary>Returns the first event of which something is true.</summary>
    public async Task<JsonNode> NextAsync(Func<JsonNode, bool> predicate)
    {
        while (true)
        {
            JsonNode data = await NextAsync();
            if (predicate(data))
                return data;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
