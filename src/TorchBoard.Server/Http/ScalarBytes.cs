using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchBoard.Server.Http;

/// <summary>
/// Points as bytes: <c>/api/scalars?format=bytes</c>. A browser uses them as they are; JSON would cost the browser and the server
/// more than everything else in a chart. All numbers are little-endian:
/// <code>
/// uint32  the length of the header
/// JSON    { version, series: [{ run, version, count, length, steps: "int32", "float64" or "int64", values: "float32" or "float64",
///           extremes: true or missing }] }
/// of each of the series: times (float64), steps and values, `length` of each; with `extremes`, as many bytes, of which those of
///         points that are included only as the lowest or highest of many are 1
/// </code>
/// The header ends with spaces, and each array with zeros, at a multiple of eight bytes. Steps and values have the first of
/// their types that represents all of them exactly.
/// </summary>
internal static class ScalarBytes
{
    public const string ContentType = "application/octet-stream";

    public static ApiAnswer Of(ScalarPoints points)
    {
        Part[] parts = [.. points.Series.Select(PartOf)];
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(new Header(points.Version, parts), PageJson.Default.Header);
        int start = Aligned(sizeof(uint) + header.Length);
        long length = start + parts.Sum(part => (long)part.Bytes);
        if (length > ApiAnswer.MostBytes)
            throw ApiAnswer.TooLong();

        byte[] bytes = new byte[length];
        bytes.AsSpan(0, start).Fill((byte)' ');
        BinaryPrimitives.WriteInt32LittleEndian(bytes, start - sizeof(uint));
        header.CopyTo(bytes, sizeof(uint));
        Span<byte> rest = bytes.AsSpan(start);
        foreach ((Part part, ScalarPoints.Curve curve) in parts.Zip(points.Series))
        {
            rest = Write(rest, curve.Times, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);
            rest = part.Steps switch
            {
                Part.Int32 => Write(rest, curve.Steps, sizeof(int), (to, step) => BinaryPrimitives.WriteInt32LittleEndian(to, (int)step)),
                Part.Float64 => Write(rest, curve.Steps, sizeof(double), (to, step) => BinaryPrimitives.WriteDoubleLittleEndian(to, step)),
                _ => Write(rest, curve.Steps, sizeof(long), BinaryPrimitives.WriteInt64LittleEndian),
            };
            rest = part.Values == Part.Float32
                ? Write(rest, curve.Values, sizeof(float), (to, value) => BinaryPrimitives.WriteSingleLittleEndian(to, (float)value))
                : Write(rest, curve.Values, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);
            if (curve.Extremes is { } extremes)
            {
                foreach (int index in extremes)
                    rest[index] = 1;
                rest = rest[Aligned(part.Length)..];
            }
        }

        return new ApiAnswer(ContentType, bytes);
    }

    private static Span<byte> Write<T>(Span<byte> bytes, T[] numbers, int size, Action<Span<byte>, T> write)
    {
        for (int i = 0; i < numbers.Length; i++)
            write(bytes[(i * size)..], numbers[i]);
        return bytes[Aligned(numbers.Length * size)..];
    }

    private static Part PartOf(ScalarPoints.Curve curve) => new(
        curve.Run, curve.Version, curve.Count, curve.Steps.Length,
        TypeOf(curve.Steps),
        Array.TrueForAll(curve.Values, value => double.IsNaN(value) || value == (float)value) ? Part.Float32 : Part.Float64,
        curve.Extremes is not null);

    private static string TypeOf(long[] steps) =>
        Array.TrueForAll(steps, step => step == (int)step) ? Part.Int32
        : Array.TrueForAll(steps, StepsConverter.IsExact) ? Part.Float64 : Part.Int64;

    private static int Aligned(int length) => (length + 7) & ~7;

    internal sealed record Header(long Version, IReadOnlyList<Part> Series);

    internal sealed record Part(
        int Run, long Version, long Count, int Length, string Steps, string Values,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Extremes)
    {
        public const string Int32 = "int32";
        public const string Int64 = "int64";
        public const string Float32 = "float32";
        public const string Float64 = "float64";

        [JsonIgnore]
        public int Bytes =>
            (Length * sizeof(double)) + BytesOf(Steps) + BytesOf(Values) + (Extremes ? Aligned(Length) : 0);

        private int BytesOf(string type) => Aligned(Length * (type is Float64 or Int64 ? sizeof(double) : sizeof(int)));
    }
}
