namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>Values of tags: the columns that all kinds have in common come first.</summary>
internal abstract class TagTable : ParquetTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _tag;
    private readonly ParquetColumn<long> _step;
    private readonly ParquetColumn<DateTime> _wallTime;

    protected TagTable()
    {
        _tag = Text("tag", repeats: true);
        _step = Integer("step");
        _wallTime = Time("wall_time");
    }

    public override void Add(in ExportedValue value)
    {
        foreach (object row in RowsOf(value.Value))
        {
            AddPoint(value.Tag, value.Step, value.WallTime);
            AddValue(row);
            EndRows();
        }
    }

    protected void AddPoint(string tag, long step, double wallTime)
    {
        _tag.Add(tag.AsMemory());
        _step.Add(step);
        Add(_wallTime, wallTime);
    }

    /// <summary>Returns the parts of a value that have a row each; by default, the value itself.</summary>
    protected virtual IEnumerable<object> RowsOf(object value) => [value];

    /// <summary>Adds a row to the columns of this kind.</summary>
    protected abstract void AddValue(object value);
}
