using System.Text.Json;
using System.Text.Json.Serialization;

namespace TorchBoard.Server.Http;

/// <summary>Writes a hyperparameter as what it is in JSON.</summary>
internal sealed class ValueConverter : JsonConverter<TrialList.Value>
{
    public override TrialList.Value Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The page sends no hyperparameters.");

    public override void Write(Utf8JsonWriter writer, TrialList.Value value, JsonSerializerOptions options)
    {
        if (value.Content is double number && double.IsFinite(number))
            writer.WriteNumberValue(number);
        else if (value.Content is double special)
            writer.WriteStringValue(double.IsNaN(special) ? "NaN" : special > 0 ? "Infinity" : "-Infinity");
        else if (value.Content is bool truth)
            writer.WriteBooleanValue(truth);
        else
            writer.WriteStringValue((string)value.Content);
    }
}
