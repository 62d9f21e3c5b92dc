using TorchBoard.Protos;

namespace TorchBoard.Tool.Rewriting;

/// <summary>Renames and removes the values of a run's summaries.</summary>
internal sealed class RewrittenValues(Func<string, long, string?> decide)
{
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SummaryMetadata> _metadata = new(StringComparer.Ordinal);

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public long Renamed { get; private set; }

    /// <summary>Readers need a tag's metadata in each file.</summary>
    public void BeginFile() => _metadata.Clear();

    /// <returns>Whether the summary changed.</returns>
    public bool Apply(Summary summary)
    {
        bool isChanged = false;
        for (int i = 0; i < summary.Value.Count; i++)
        {
            Summary.Types.Value value = summary.Value[i];
            string tag = value.Tag;
            long before = _seen.GetValueOrDefault(tag);
            _seen[tag] = before + 1;
            string? renamed = decide(tag, before);
            if (renamed is null)
            {
                // Only a tag's first value need carry the metadata, which must not be removed with it.
                if (value.Metadata is not null)
                    _metadata.TryAdd(tag, value.Metadata);
                summary.Value.RemoveAt(i--);
                Removed++;
                isChanged = true;
                continue;
            }

            Kept++;
            if (_metadata.Remove(tag, out SummaryMetadata? metadata) && value.Metadata is null)
            {
                value.Metadata = metadata;
                isChanged = true;
            }

            if (renamed != tag)
            {
                value.Tag = renamed;
                Renamed++;
                isChanged = true;
            }
        }

        return isChanged;
    }
}
