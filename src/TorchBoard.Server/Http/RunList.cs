using System.Text.Json.Nodes;
using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>The runs and their tags: <c>/api/runs</c>.</summary>
/// <param name="Epoch">The server's <see cref="ServedRuns.Epoch"/>.</param>
/// <param name="Version">The version of the index before it was read.</param>
/// <param name="Location">The log directory.</param>
/// <param name="Command">The command that shows the runs in stock TensorBoard; null if there is none.</param>
/// <param name="Reload">The number of seconds within which changes are noticed, as in an object store; null for at once, or never.</param>
/// <param name="Loading">Whether the runs are still being read for the first time.</param>
/// <param name="Runs">The runs, in natural order.</param>
/// <param name="Tags">The tags, one for each name and kind.</param>
internal sealed record RunList(
    string Epoch, long Version, string Location, string? Command, double? Reload, bool Loading,
    IReadOnlyList<RunList.Entry> Runs, IReadOnlyList<RunList.TagEntry> Tags)
{
    public static ApiAnswer Answer(ApiRequest request) => ApiAnswer.Of(Of(request.Served), PageJson.Default.RunList);

    public static RunList Of(ServedRuns served)
    {
        long version = served.Version;
        bool isLoading = !served.Index.Loaded.IsCompleted;
        var runs = new List<Entry>();
        var tags = new Dictionary<(string Tag, string Kind), TagEntry>();
        foreach ((int id, IndexedRun run) in served.Runs)
        {
            runs.Add(new Entry(id, run.Name, run.StartTime));
            foreach (IndexedSeries series in run.Series)
            {
                if (SeriesKind.Of(series) is { } kind)
                    Add(tags, series, kind, id);
            }

            foreach (string embedding in Kinds.Embeddings.NamesOf(run))
                EntryOf(tags, embedding, SeriesKind.Embedding, "projector").Runs.Add(id);
        }

        return new RunList(
            served.Epoch, version, served.Index.Path, served.Command, served.ReloadSeconds, isLoading, runs,
            [.. tags.Values.OrderBy(tag => tag.Tag, Reading.NaturalOrder.Instance)]);
    }

    private static void Add(Dictionary<(string, string), TagEntry> tags, IndexedSeries series, string kind, int id)
    {
        TagEntry entry = EntryOf(tags, series.Tag, kind, series.PluginName);
        entry.DisplayName ??= series.DisplayName.Length > 0 ? series.DisplayName : null;
        entry.Description ??= series.Description.Length > 0 ? MarkdownTree.Of(series.Description) : null;
        entry.Runs.Add(id);
    }

    private static TagEntry EntryOf(
        Dictionary<(string Tag, string Kind), TagEntry> tags, string tag, string kind, string plugin)
    {
        if (!tags.TryGetValue((tag, kind), out TagEntry? entry))
            tags.Add((tag, kind), entry = new TagEntry(tag, plugin, kind, []));
        return entry;
    }

    internal sealed record Entry(int Id, string Name, double? Start);

    internal sealed record TagEntry(string Tag, string Plugin, string Kind, List<int> Runs)
    {
        public string? DisplayName { get; set; }

        /// <summary>The tree of <see cref="MarkdownTree"/>.</summary>
        public JsonArray? Description { get; set; }
    }
}
