using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace TorchBoard.Server.Grpc;

/// <summary>
/// Names a blob: base 64 of the JSON array of its parts, as in TensorBoard's own server, because TensorBoard makes it a part
/// of a URL.
/// </summary>
internal readonly record struct BlobKey(string Experiment, string Run, string Tag, long Step, int Index)
{
    public static bool TryParse(string text, out BlobKey key)
    {
        key = default;
        try
        {
            byte[] json = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
            if (Base64Url.DecodeFromChars(text, json, out _, out int length) != OperationStatus.Done)
                return false;
            using JsonDocument parsed = JsonDocument.Parse(json.AsMemory(0, length));
            JsonElement[] parts = [.. parsed.RootElement.EnumerateArray()];
            if (parts.Length != 5 || !parts[3].TryGetInt64(out long step) || !parts[4].TryGetInt32(out int index))
                return false;
            key = new BlobKey(parts[0].GetString() ?? "", parts[1].GetString() ?? "", parts[2].GetString() ?? "", step, index);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    public override string ToString()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Experiment);
            writer.WriteStringValue(Run);
            writer.WriteStringValue(Tag);
            writer.WriteNumberValue(Step);
            writer.WriteNumberValue(Index);
            writer.WriteEndArray();
        }

        return Base64Url.EncodeToString(json.WrittenSpan);
    }
}
