using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchBoard.Server.Http;

/// <summary>
/// Writes steps as numbers, and steps beyond 2^53, which a browser would round, as texts.
/// </summary>
internal sealed class StepsConverter : JsonConverter<long[]>
{
    /// <summary>JavaScript's <c>Number.MAX_SAFE_INTEGER</c>.</summary>
    private const long MostExact = (1L << 53) - 1;

    /// <summary>Whether a browser represents the step exactly.</summary>
    public static bool IsExact(long step) => step is >= -MostExact and <= MostExact;

    public override long[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The page sends no steps.");

    public override void Write(Utf8JsonWriter writer, long[] value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (long step in value)
        {
            if (IsExact(step))
                writer.WriteNumberValue(step);
            else
                writer.WriteStringValue(step.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteEndArray();
    }
}
