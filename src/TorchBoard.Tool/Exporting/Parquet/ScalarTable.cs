namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>Scalars, one row per point.</summary>
internal sealed class ScalarTable : TagTable
{
    private readonly ParquetColumn<double> _value;

    public ScalarTable() => _value = Number("value");

    public override void Add(in ExportedValue value) => throw new NotSupportedException("Scalars are added as curves.");

    /// <summary>Adds points of a curve until the table is full.</summary>
    /// <returns>The number of points.</returns>
    public int Add(ScalarSeries curve, int first)
    {
        int end = Math.Min(curve.Count, first + Room);
        for (int i = first; i < end; i++)
        {
            AddPoint(curve.Tag, curve.Steps[i], curve.WallTimes[i]);
            _value.Add(curve.Values[i]);
        }

        EndRows(end - first);
        return end - first;
    }

    protected override void AddValue(object value) => throw new NotSupportedException();
}
