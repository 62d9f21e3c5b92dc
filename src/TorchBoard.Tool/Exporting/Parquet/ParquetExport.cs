using TorchBoard.Tool.Files;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>
/// Writes a data set of each kind of values, partitioned by run: <c>scalars/run=NAME/part-0.parquet</c>.
/// </summary>
/// <param name="output">The directory of the data sets.</param>
/// <param name="files">The new files.</param>
/// <param name="warn">Tells about a name that does not fit.</param>
internal sealed class ParquetExport(string output, NewFiles files, Action<string> warn)
{
    private readonly HivePath _names = new(warn);
    private readonly List<string> _paths = [];

    /// <summary>The paths of the files.</summary>
    public IReadOnlyList<string> Paths => _paths;

    /// <summary>Writes the selected values of a run.</summary>
    public async Task WriteAsync(
        ExportedRun run, IReadOnlyList<ExportedKind> kinds, string[] tags, CancellationToken cancellationToken)
    {
        if (kinds.Contains(ExportedKind.Scalars))
            await WriteScalarsAsync(run, tags, cancellationToken).ConfigureAwait(false);
        if (kinds.Contains(ExportedKind.Hyperparameters) && run.Log.Hyperparameters is { Values.Count: > 0 } log)
        {
            ParquetTable table = ParquetTable.Of(TagKind.Hyperparameters);
            await using ParquetFile file = await CreateAsync(run, ExportedKind.Hyperparameters, table).ConfigureAwait(false);
            table.Add(new ExportedValue(TagKind.Hyperparameters, "", 0, 0, log));
            await file.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        HashSet<TagKind> present = [.. run.Log.Tags.Values.Select(tag => tag.Kind)];
        ExportedKind[] others =
        [
            .. kinds.Where(kind => kind.Kind is not (TagKind.Scalar or TagKind.Hyperparameters) && present.Contains(kind.Kind)),
        ];
        if (others.Length > 0)
            await WriteValuesAsync(run, others, tags, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteScalarsAsync(ExportedRun run, string[] tags, CancellationToken cancellationToken)
    {
        var table = new ScalarTable();
        ParquetFile? file = null;
        try
        {
            foreach (ScalarSeries part in run.Curves(tags).SelectMany(curve => curve.Parts))
            {
                for (int first = 0; first < part.Count;)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    file ??= await CreateAsync(run, ExportedKind.Scalars, table).ConfigureAwait(false);
                    first += table.Add(part, first);
                    await file.WriteIfFullAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            if (file is not null)
                await file.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (file is not null)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteValuesAsync(
        ExportedRun run, ExportedKind[] kinds, string[] tags, CancellationToken cancellationToken)
    {
        var open = new Dictionary<TagKind, (ParquetTable Table, ParquetFile File)>();
        try
        {
            foreach (ExportedValue value in run.Values([.. kinds.Select(kind => kind.Kind)], tags))
            {
                if (!open.TryGetValue(value.Kind, out (ParquetTable Table, ParquetFile File) at))
                {
                    ParquetTable table = ParquetTable.Of(value.Kind);
                    ExportedKind kind = Array.Find(kinds, kind => kind.Kind == value.Kind)!;
                    at = (table, await CreateAsync(run, kind, table).ConfigureAwait(false));
                    open.Add(value.Kind, at);
                }

                at.Table.Add(value);
                await at.File.WriteIfFullAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach ((_, ParquetFile file) in open.Values)
                await file.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach ((_, ParquetFile file) in open.Values)
                await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<ParquetFile> CreateAsync(ExportedRun run, ExportedKind kind, ParquetTable table)
    {
        string path = Path.GetFullPath(Path.Combine(output, kind.Name, _names.Of(run.Name), "part-0.parquet"));
        _paths.Add(path);
        return ParquetFile.CreateAsync(files.Add(path), table);
    }
}
