using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchBoard.Server.Http;
using static System.FormattableString;

namespace TorchBoard.Server.Reporting;

/// <summary>
/// Writes the answers that the page may request as a JSON object whose keys are the paths and queries, without the runs. The
/// most important answers come first; those that do not fit are left out and counted.
/// </summary>
internal sealed class ReportData : IDisposable
{
    private const string Vertices = "_VERTEX";

    /// <summary>Long, and only for the neighbors of a point.</summary>
    private const string Vectors = "/api/vectors";

    private readonly List<(string Path, string Kind, List<(string Name, string Value)> Query)> _items = [];
    private readonly Stream _output;
    private readonly ServedRuns _served;
    private readonly RunList _list;
    private readonly string _runs;
    private readonly long _maxBytes;
    private readonly Dictionary<string, int> _leftOut = new(StringComparer.Ordinal);
    private bool _isFirst = true;

    /// <param name="output">The document.</param>
    /// <param name="served">The runs.</param>
    /// <param name="list">The runs and tags to write.</param>
    /// <param name="maxBytes">The maximum length of the answers, in bytes.</param>
    public ReportData(Stream output, ServedRuns served, RunList list, long maxBytes)
    {
        _output = output;
        _served = served;
        _list = list;
        _maxBytes = maxBytes;
        _runs = string.Join(',', list.Runs.Select(run => Invariant($"{run.Id}")));
        _output.Write("{"u8);
    }

    /// <summary>The bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of answers left out, by kind.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => _leftOut;

    /// <summary>The points of each curve.</summary>
    public int Points { get; private set; }

    public void WriteAll(int maxPoints, CancellationToken cancellationToken)
    {
        Write("/api/runs", [], ApiAnswer.Of(_list, PageJson.Default.RunList), "lists");
        bool hasTrials = _list.Tags.Any(tag => tag.Kind == "hyperparameters");
        if (hasTrials)
            TryWrite("/api/hyperparameters", [("runs", _runs)], "trials");
        RunList.TagEntry[] scalars = [.. _list.Tags.Where(tag => tag.Kind == SeriesKind.Scalar)];
        Points = PointsFor(scalars, maxPoints);
        foreach (RunList.TagEntry tag in scalars)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryWrite("/api/scalars", [("points", Invariant($"{Points}")), ("runs", _runs), ("tag", tag.Tag)], "curves");
            if (hasTrials)
                TryWrite("/api/metrics", [("runs", _runs), ("tag", tag.Tag)], "metrics");
        }

        foreach (RunList.TagEntry tag in _list.Tags)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteKind(tag);
        }

        foreach ((string path, string kind, List<(string, string)> query) in _items.OrderBy(item => item.Path == Vectors))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TryWrite(path, query, kind);
        }
    }

    public void Dispose() => _output.Write("}"u8);

    private void WriteKind(RunList.TagEntry tag)
    {
        switch (tag.Kind)
        {
            case "histogram":
                TryWrite("/api/histograms", [("runs", _runs), ("tag", tag.Tag)], "histograms");
                break;
            case "prCurve":
                TryWrite("/api/prcurves", [("runs", _runs), ("tag", tag.Tag)], "PR curves");
                break;
            case "text":
                WriteList(tag.Tag, "/api/texts", "/api/text", "texts", hasItems: false);
                break;
            case "image":
                WriteList(tag.Tag, "/api/images", "/api/image", "pictures", hasItems: true);
                break;
            case "audio":
                WriteList(tag.Tag, "/api/audios", "/api/audio", "clips", hasItems: true);
                break;
            case "mesh" when tag.Tag.EndsWith(Vertices, StringComparison.Ordinal):
                WriteList(tag.Tag[..^Vertices.Length], "/api/meshes", "/api/mesh", "meshes", hasItems: true);
                break;
            case "graph":
                AddItems(tag, "/api/graph", "graphs");
                break;
            case "embedding":
                AddItems(tag, "/api/embedding", "embeddings");
                AddItems(tag, "/api/sprite", "pictures of embeddings");
                AddItems(tag, Vectors, "vectors of embeddings");
                break;
        }
    }

    private void AddItems(RunList.TagEntry tag, string path, string kind)
    {
        foreach (int run in tag.Runs)
            _items.Add((path, kind, [("run", Invariant($"{run}")), ("tag", tag.Tag)]));
    }

    // The list of values now, and the values themselves after all lists: the last steps first.
    private void WriteList(string tag, string listPath, string itemPath, string kind, bool hasItems)
    {
        if (TryWrite(listPath, [("runs", _runs), ("tag", tag)], kind) is not { } list)
            return;
        foreach (JsonNode? series in JsonNode.Parse(list.Bytes.Span)!["series"]!.AsArray())
        {
            JsonArray steps = series!["steps"]!.AsArray();
            JsonArray? values = series["values"]?.AsArray();
            for (int i = steps.Count - 1; i >= 0; i--)
            {
                int count = hasItems && values?[i] is JsonArray items ? items.Count : 1;
                for (int index = 0; index < count; index++)
                {
                    List<(string, string)> query =
                        [("run", series["run"]!.ToJsonString()), ("step", steps[i]!.ToString()), ("tag", tag)];
                    if (hasItems)
                        query.Insert(0, ("index", Invariant($"{index}")));
                    _items.Add((itemPath, kind, query));
                }
            }
        }
    }

    // If there are many curves, each has fewer points.
    private int PointsFor(RunList.TagEntry[] scalars, int maxPoints)
    {
        const int BytesOfPoint = 40;
        const int LeastPoints = 16;
        long curves = Math.Max(scalars.Sum(tag => (long)tag.Runs.Count), 1);
        return (int)Math.Clamp(_maxBytes / 2 / BytesOfPoint / curves, Math.Min(LeastPoints, maxPoints), maxPoints);
    }

    private ApiAnswer? TryWrite(string path, List<(string Name, string Value)> query, string kind)
    {
        if (!Routes.Answers.TryGetValue(path, out Func<ApiRequest, ApiAnswer>? answer))
            return null;
        try
        {
            var arguments = query.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal);
            ApiAnswer given = answer(new ApiRequest(_served, arguments));
            return Write(path, query, given, kind) ? given : null;
        }
        catch (ApiException)
        {
            // The page would get the same error: the value is not shown.
            return null;
        }
    }

    private bool Write(string path, List<(string Name, string Value)> query, ApiAnswer answer, string kind)
    {
        byte[] key = KeyOf(path, query);
        ReadOnlySpan<byte> value = answer.ContentType == ApiAnswer.Json ? Escape(answer.Bytes.Span) : DataUrlOf(answer);
        if (Bytes + key.Length + value.Length > _maxBytes)
        {
            _leftOut[kind] = _leftOut.GetValueOrDefault(kind) + 1;
            return false;
        }

        if (!_isFirst)
            _output.Write(",\n"u8);
        _isFirst = false;
        _output.Write(key);
        _output.Write(":"u8);
        _output.Write(value);
        Bytes += key.Length + value.Length;
        return true;
    }

    // As the page's URLSearchParams writes it.
    private static byte[] KeyOf(string path, List<(string Name, string Value)> query)
    {
        var key = new StringBuilder(path);
        char separator = '?';
        foreach ((string name, string value) in query.OrderBy(argument => argument.Name, StringComparer.Ordinal))
        {
            if (name is "runs" or "points")
                continue;
            key.Append(separator).Append(name).Append('=').Append(FormEncode(value));
            separator = '&';
        }

        return Escape(JsonSerializer.SerializeToUtf8Bytes(key.ToString(), PageJson.Default.String)).ToArray();
    }

    private static string FormEncode(string text)
    {
        var encoded = new StringBuilder();
        foreach (byte one in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'*' or (byte)'-' or (byte)'.' or (byte)'_')
                encoded.Append((char)one);
            else if (one == ' ')
                encoded.Append('+');
            else
                encoded.Append(Invariant($"%{one:X2}"));
        }

        return encoded.ToString();
    }

    // In JSON, the sign is in texts only. Nothing may end the script that contains the data.
    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json)
    {
        if (!json.Contains((byte)'<'))
            return json;
        using var escaped = new MemoryStream(json.Length + 64);
        foreach (byte one in json)
        {
            if (one == '<')
                escaped.Write("\\u003c"u8);
            else
                escaped.WriteByte(one);
        }

        return escaped.ToArray();
    }

    private static byte[] DataUrlOf(ApiAnswer answer) =>
        Encoding.UTF8.GetBytes($"\"data:{answer.ContentType};base64,{Convert.ToBase64String(answer.Bytes.Span)}\"");
}
