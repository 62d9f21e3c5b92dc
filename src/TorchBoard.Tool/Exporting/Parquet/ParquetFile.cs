using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>A file of a data set. Rows are collected in the columns of its table and written in groups.</summary>
internal sealed class ParquetFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly ParquetWriter _writer;
    private readonly ParquetTable _table;

    private ParquetFile(FileStream file, ParquetWriter writer, ParquetTable table)
    {
        _file = file;
        _writer = writer;
        _table = table;
    }

    public static async Task<ParquetFile> CreateAsync(string path, ParquetTable table)
    {
        var options = new ParquetOptions
        {
            // Zstandard's level 1: 42% smaller than Snappy, and the default level of this library takes a hundred times as long.
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Fastest,
        };
        foreach (ParquetColumn column in table.Columns)
            options.ColumnEncodingHints[column.Field.Path.ToString()] = column.Encoding;
        FileStream file = File.Create(path);
        var schema = new ParquetSchema([.. table.Columns.Select(column => column.Field)]);
        return new ParquetFile(file, await ParquetWriter.CreateAsync(schema, file, options).ConfigureAwait(false), table);
    }

    /// <summary>Writes the collected rows if they are many.</summary>
    public Task WriteIfFullAsync(CancellationToken cancellationToken) =>
        _table.IsFull ? WriteAsync(cancellationToken) : Task.CompletedTask;

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_table.Rows > 0)
            await WriteAsync(cancellationToken).ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        foreach (ParquetColumn column in _table.Columns)
            await column.WriteAsync(group, cancellationToken).ConfigureAwait(false);
        group.CompleteValidate();
        _table.Clear();
    }
}
