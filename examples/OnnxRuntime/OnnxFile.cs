using System.Text;
using Google.Protobuf;

namespace OnnxRuntime;

/// <summary>Writes ONNX files: messages of protobuf, by the numbers of their fields.</summary>
internal static class OnnxFile
{
    public const long FloatType = 1;
    public const long Int64Type = 7;

    /// <summary>A size that the model leaves open.</summary>
    public const long Open = -1;

    private const long IrVersion = 8;
    private const long Opset = 13;

    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The fields of its graph: nodes (1), weights (5), inputs (11) and outputs (12).</param>
    public static void Write(string path, params (int Field, object Value)[] graph)
    {
        byte[] named = Message([.. graph, (2, "graph")]);
        File.WriteAllBytes(path, Message((1, IrVersion), (7, named), (8, Message((2, Opset)))));
    }

    public static byte[] Node(string op, string name, string[] inputs, string output, byte[]? attribute = null) => Message(
    [
        .. inputs.Select(input => (1, (object)input)), (2, output), (3, name), (4, op),
        .. attribute is null ? [] : new (int, object)[] { (5, attribute) },
    ]);

    /// <summary>An input or output.</summary>
    public static byte[] Tensor(string name, long type, params long[] shape)
    {
        byte[] sizes = Message(
        [
            .. shape.Select((size, i) => (1, (object)(size == Open ? Message((2, $"{name}_{i}")) : Message((1, size))))),
        ]);
        return Message((1, name), (2, Message((1, Message((1, type), (2, sizes))))));
    }

    /// <summary>Encodes a message: numbers of fields, with an integer, a text, or bytes of a message.</summary>
    public static byte[] Message(params (int Field, object Value)[] fields)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            foreach ((int field, object value) in fields)
            {
                output.WriteTag(field, value is long ? WireFormat.WireType.Varint : WireFormat.WireType.LengthDelimited);
                if (value is long number)
                    output.WriteInt64(number);
                else
                    output.WriteBytes(ByteString.CopyFrom(value as byte[] ?? Encoding.UTF8.GetBytes((string)value)));
            }
        }

        return bytes.ToArray();
    }
}
