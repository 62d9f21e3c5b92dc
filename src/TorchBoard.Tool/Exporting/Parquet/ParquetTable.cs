using System.Text;
using Parquet;
using Parquet.Schema;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>The columns of a kind of values.</summary>
internal abstract class ParquetTable
{
    /// <summary>As many rows as DuckDB gives to a thread, rounded up.</summary>
    private const int MaxRows = 1 << 17;
    private const long MaxBytes = 32 << 20;

    private readonly List<ParquetColumn> _columns = [];

    public IReadOnlyList<ParquetColumn> Columns => _columns;

    public int Rows { get; private set; }

    public bool IsFull => Rows >= MaxRows || _columns.Sum(column => column.Bytes) >= MaxBytes;

    public static ParquetTable Of(TagKind kind) => kind switch
    {
        TagKind.Scalar => new ScalarTable(),
        TagKind.Hyperparameters => new HyperparameterTable(),
        TagKind.Histogram => new HistogramTable(),
        TagKind.PrCurve => new PrCurveTable(),
        TagKind.Text => new TextTable(),
        TagKind.Tensor => new TensorTable(),
        TagKind.Image => new ImageTable(),
        TagKind.Audio => new AudioTable(),
        TagKind.Mesh => new MeshTable(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind that is exported."),
    };

    /// <summary>Adds the rows of a value.</summary>
    public abstract void Add(in ExportedValue value);

    public void Clear() => Rows = 0;

    /// <summary>The number of rows that may be added before the table is full.</summary>
    protected int Room => Math.Max(1, MaxRows - Rows);

    protected void EndRows(int count = 1) => Rows += count;

    protected ParquetColumn<T> Add<T>(ParquetColumn<T> column)
        where T : struct
    {
        _columns.Add(column);
        return column;
    }

    protected ParquetColumn<ReadOnlyMemory<char>> Text(string name, bool repeats = false) => Add(
        ParquetColumn<ReadOnlyMemory<char>>.Of(
            new DataField(name, typeof(string), isNullable: false), repeats ? EncodingHint.Dictionary : EncodingHint.Default));

    protected ParquetColumn<ReadOnlyMemory<byte>> Bytes(string name) =>
        Add(ParquetColumn<ReadOnlyMemory<byte>>.Of(new DataField(name, typeof(byte[]), isNullable: false)));

    protected ParquetColumn<long> Integer(string name) => Add(
        ParquetColumn<long>.Of(new DataField<long>(name), EncodingHint.DeltaBinaryPacked));

    protected ParquetColumn<double> Number(string name, bool nullable = false) =>
        Add(ParquetColumn<double>.Of(new DataField<double>(name, nullable)));

    protected ParquetColumn<DateTime> Time(string name) => Add(ParquetColumn<DateTime>.Of(new DateTimeDataField(
        name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true)));

    protected static void Add(ParquetColumn<ReadOnlyMemory<char>> column, string text) =>
        column.Add(text.AsMemory(), Encoding.UTF8.GetByteCount(text));

    protected static void Add(ParquetColumn<DateTime> column, double seconds)
    {
        if (UnixMicroseconds.Of(seconds) is long microseconds)
            column.Add(DateTime.UnixEpoch.AddMicroseconds(microseconds));
        else
            column.AddNull();
    }
}
