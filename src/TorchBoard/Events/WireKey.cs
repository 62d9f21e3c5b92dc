using TorchBoard.Protos;

namespace TorchBoard.Events;

/// <summary>
/// The keys of fields that are read and written by hand: the number of the field in <c>proto/</c> and the encoding of
/// its value.
/// </summary>
internal static class WireKey
{
    public const byte EventWallTime = Event.WallTimeFieldNumber << FieldShift | Fixed64;
    public const byte EventStep = Event.StepFieldNumber << FieldShift | Varint;
    public const byte EventFileVersion = Event.FileVersionFieldNumber << FieldShift | LengthDelimited;
    public const byte EventSummary = Event.SummaryFieldNumber << FieldShift | LengthDelimited;
    public const byte EventSourceMetadata = Event.SourceMetadataFieldNumber << FieldShift | LengthDelimited;

    public const byte SourceMetadataWriter = SourceMetadata.WriterFieldNumber << FieldShift | LengthDelimited;
    public const byte SessionLogStatus = SessionLog.StatusFieldNumber << FieldShift | Varint;

    public const byte SummaryValue = Summary.ValueFieldNumber << FieldShift | LengthDelimited;
    public const byte ValueTag = Summary.Types.Value.TagFieldNumber << FieldShift | LengthDelimited;
    public const byte ValueSimpleValue = Summary.Types.Value.SimpleValueFieldNumber << FieldShift | Fixed32;
    public const byte ValueHistogram = Summary.Types.Value.HistoFieldNumber << FieldShift | LengthDelimited;
    public const byte ValueMetadata = Summary.Types.Value.MetadataFieldNumber << FieldShift | LengthDelimited;

    public const byte HistogramMin = HistogramProto.MinFieldNumber << FieldShift | Fixed64;
    public const byte HistogramMax = HistogramProto.MaxFieldNumber << FieldShift | Fixed64;
    public const byte HistogramCount = HistogramProto.NumFieldNumber << FieldShift | Fixed64;
    public const byte HistogramSum = HistogramProto.SumFieldNumber << FieldShift | Fixed64;
    public const byte HistogramSumOfSquares = HistogramProto.SumSquaresFieldNumber << FieldShift | Fixed64;
    public const byte HistogramLimits = HistogramProto.BucketLimitFieldNumber << FieldShift | LengthDelimited;
    public const byte HistogramCounts = HistogramProto.BucketFieldNumber << FieldShift | LengthDelimited;

    public const byte TensorType = TensorProto.DtypeFieldNumber << FieldShift | Varint;
    public const byte TensorShape = TensorProto.TensorShapeFieldNumber << FieldShift | LengthDelimited;
    public const byte TensorContent = TensorProto.TensorContentFieldNumber << FieldShift | LengthDelimited;
    public const byte TensorFloat = TensorProto.FloatValFieldNumber << FieldShift | Fixed32;
    public const byte TensorPackedFloats = TensorProto.FloatValFieldNumber << FieldShift | LengthDelimited;
    public const byte TensorDouble = TensorProto.DoubleValFieldNumber << FieldShift | Fixed64;
    public const byte TensorPackedDoubles = TensorProto.DoubleValFieldNumber << FieldShift | LengthDelimited;

    public const byte TensorString = TensorProto.StringValFieldNumber << FieldShift | LengthDelimited;

    // The encodings of values.
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int LengthDelimited = 2;
    public const int Fixed32 = 5;

    private const int FieldShift = 3;
    private const int EncodingMask = (1 << FieldShift) - 1;

    /// <summary>Returns the field number of a key.</summary>
    public static uint Field(uint key) => key >> FieldShift;

    /// <summary>Returns the value encoding of a key.</summary>
    public static uint Encoding(uint key) => key & EncodingMask;
}
