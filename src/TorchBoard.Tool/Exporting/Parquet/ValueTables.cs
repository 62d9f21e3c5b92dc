using Parquet.Schema;
using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>Histograms with their buckets: counts up to and including each limit.</summary>
internal sealed class HistogramTable : TagTable
{
    private readonly ParquetColumn<double> _min;
    private readonly ParquetColumn<double> _max;
    private readonly ParquetColumn<double> _count;
    private readonly ParquetColumn<double> _sum;
    private readonly ParquetColumn<double> _sumOfSquares;
    private readonly ParquetColumn<double> _limits;
    private readonly ParquetColumn<double> _counts;

    public HistogramTable()
    {
        _min = Number("min");
        _max = Number("max");
        _count = Number("count");
        _sum = Number("sum");
        _sumOfSquares = Number("sum_of_squares");
        _limits = Add(ParquetColumn<double>.ListOf("limits"));
        _counts = Add(ParquetColumn<double>.ListOf("counts"));
    }

    protected override void AddValue(object value)
    {
        var histogram = (Histogram)value;
        _min.Add(histogram.Min);
        _max.Add(histogram.Max);
        _count.Add(histogram.Count);
        _sum.Add(histogram.Sum);
        _sumOfSquares.Add(histogram.SumOfSquares);
        _limits.AddList(histogram.Limits);
        _counts.AddList(histogram.Counts);
    }
}

/// <summary>Precision-recall curves, with a number for each threshold.</summary>
internal sealed class PrCurveTable : TagTable
{
    private static readonly string[] Names =
    [
        "thresholds", "true_positives", "false_positives", "true_negatives", "false_negatives", "precision", "recall",
    ];

    private readonly ParquetColumn<double>[] _columns;

    public PrCurveTable() => _columns = [.. Names.Select(name => Add(ParquetColumn<double>.ListOf(name)))];

    protected override void AddValue(object value)
    {
        var curve = (PrCurve)value;
        _columns[0].AddList([.. Enumerable.Range(0, curve.Count).Select(curve.Threshold)]);
        _columns[1].AddList(curve.TruePositives);
        _columns[2].AddList(curve.FalsePositives);
        _columns[3].AddList(curve.TrueNegatives);
        _columns[4].AddList(curve.FalseNegatives);
        _columns[5].AddList(curve.Precision);
        _columns[6].AddList(curve.Recall);
    }
}

/// <summary>Text; the cells of a table with tabs and line feeds between them.</summary>
internal sealed class TextTable : TagTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _text;

    public TextTable() => _text = Text("text");

    protected override void AddValue(object value) => Add(_text, ((TextValue)value).ToString());
}

/// <summary>Tensors: numbers or strings in row-major order.</summary>
internal sealed class TensorTable : TagTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _type;
    private readonly ParquetColumn<long> _shape;
    private readonly ParquetColumn<double> _values;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _strings;

    public TensorTable()
    {
        _type = Text("type", repeats: true);
        _shape = Add(ParquetColumn<long>.ListOf("shape"));
        _values = Add(ParquetColumn<double>.ListOf("values"));
        _strings = Add(ParquetColumn<ReadOnlyMemory<char>>.ListOf("strings"));
    }

    protected override void AddValue(object value)
    {
        var tensor = (TensorValue)value;
        Add(_type, tensor.Type.ToString());
        _shape.AddList(tensor.Shape);
        _values.AddList(TensorNumbers.Of(tensor));
        _strings.AddList(tensor.Type == TensorType.String ? [.. tensor.ToStrings().Select(text => text.AsMemory())] : []);
    }
}

/// <summary>Encoded pictures, a row for each of a step.</summary>
internal sealed class ImageTable : TagTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _format;
    private readonly ParquetColumn<long> _width;
    private readonly ParquetColumn<long> _height;
    private readonly ParquetColumn<ReadOnlyMemory<byte>> _bytes;

    public ImageTable()
    {
        _format = Text("format", repeats: true);
        _width = Integer("width");
        _height = Integer("height");
        _bytes = Bytes("bytes");
    }

    protected override IEnumerable<object> RowsOf(object value) => (IReadOnlyList<ImageSample>)value;

    protected override void AddValue(object value)
    {
        var image = (ImageSample)value;
        Add(_format, image.Format);
        _width.Add(image.Width);
        _height.Add(image.Height);
        _bytes.Add(image.Encoded, image.Encoded.Length);
    }
}

/// <summary>Encoded clips, a row for each of a step.</summary>
internal sealed class AudioTable : TagTable
{
    private readonly ParquetColumn<double> _sampleRate;
    private readonly ParquetColumn<long> _channels;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _contentType;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _label;
    private readonly ParquetColumn<ReadOnlyMemory<byte>> _bytes;

    public AudioTable()
    {
        _sampleRate = Number("sample_rate");
        _channels = Integer("channels");
        _contentType = Text("content_type", repeats: true);
        _label = Text("label");
        _bytes = Bytes("bytes");
    }

    protected override IEnumerable<object> RowsOf(object value) => (IReadOnlyList<AudioClip>)value;

    protected override void AddValue(object value)
    {
        var clip = (AudioClip)value;
        _sampleRate.Add(clip.SampleRate);
        _channels.Add(clip.Channels);
        Add(_contentType, clip.ContentType);
        Add(_label, clip.Label);
        _bytes.Add(clip.Encoded, clip.Encoded.Length);
    }
}

/// <summary>Parts of meshes.</summary>
internal sealed class MeshTable : TagTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _mesh;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _part;
    private readonly ParquetColumn<long> _shape;
    private readonly ParquetColumn<double> _values;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _config;

    public MeshTable()
    {
        _mesh = Text("mesh", repeats: true);
        _part = Text("part", repeats: true);
        _shape = Add(ParquetColumn<long>.ListOf("shape"));
        _values = Add(ParquetColumn<double>.ListOf("values"));
        _config = Text("config", repeats: true);
    }

    protected override void AddValue(object value)
    {
        var part = (MeshPart)value;
        Add(_mesh, part.Mesh);
        Add(_part, part.Kind.ToString());
        _shape.AddList(part.Data.Shape);
        _values.AddList(TensorNumbers.Of(part.Data));
        Add(_config, part.ConfigJson);
    }
}

/// <summary>Hyperparameters, a row for each of a run, because one may be a number in some runs and text in others.</summary>
internal sealed class HyperparameterTable : ParquetTable
{
    private readonly ParquetColumn<ReadOnlyMemory<char>> _name;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _value;
    private readonly ParquetColumn<double> _number;
    private readonly ParquetColumn<bool> _boolean;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _groupName;
    private readonly ParquetColumn<ReadOnlyMemory<char>> _status;
    private readonly ParquetColumn<DateTime> _startTime;
    private readonly ParquetColumn<DateTime> _endTime;

    public HyperparameterTable()
    {
        _name = Text("name");
        _value = Text("value");
        _number = Number("number", nullable: true);
        _boolean = Add(ParquetColumn<bool>.Of(new DataField<bool>("boolean", nullable: true)));
        _groupName = Text("group_name");
        _status = Text("status");
        _startTime = Time("start_time");
        _endTime = Time("end_time");
    }

    public override void Add(in ExportedValue value)
    {
        var log = (HyperparameterLog)value.Value;
        foreach ((string name, Hyperparameter hyperparameter) in log.Values)
        {
            Add(_name, name);
            Add(_value, hyperparameter.ToString());
            if (hyperparameter.Number is double number)
                _number.Add(number);
            else
                _number.AddNull();
            if (hyperparameter.Boolean is bool boolean)
                _boolean.Add(boolean);
            else
                _boolean.AddNull();
            Add(_groupName, log.GroupName);
            Add(_status, log.Status.ToString());
            Add(_startTime, Seconds(log.StartTime));
            Add(_endTime, Seconds(log.EndTime));
            EndRows();
        }
    }

    private static double Seconds(DateTimeOffset? time) => time is { } given ? UnixSeconds.Of(given) : double.NaN;
}
