using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using Quickstart;

namespace OnnxRuntime;

/// <summary>Trains the network of the Quickstart and writes it as an ONNX file, so that no model needs to be shipped.</summary>
internal static class DigitsModel
{
    private const long IrVersion = 8;
    private const long Opset = 13;
    private const long FloatType = 1;
    private const long IntAttribute = 2;

    /// <summary>Writes the model and returns the digits that it was not trained on.</summary>
    /// <param name="path">The file to write. The model's input is <c>image</c> [batch, 1, 8, 8].</param>
    /// <param name="epochs">The number of epochs to train for.</param>
    public static Digits Write(string path, int epochs)
    {
        var trainer = new Trainer(Digits.Load(), new TrainerOptions { Epochs = epochs });
        trainer.Run();
        (DenseLayer fc1, DenseLayer fc2) = (trainer.Network.Layers[0], trainer.Network.Layers[1]);
        byte[] graph = Message(
            (1, Node("Flatten", "features/Flatten", ["image"], "pixels")),
            (1, Node("Gemm", "fc1/Gemm", ["pixels", "fc1.weight", "fc1.bias"], "hidden", TransposedWeight)),
            (1, Node("Relu", "fc1/Relu", ["hidden"], "active")),
            (1, Node("Gemm", "fc2/Gemm", ["active", "fc2.weight", "fc2.bias"], "scores", TransposedWeight)),
            (2, "digits"),
            (5, Weights("fc1.weight", fc1.Weight, fc1.Outputs, fc1.Inputs)),
            (5, Weights("fc1.bias", fc1.Bias, fc1.Outputs)),
            (5, Weights("fc2.weight", fc2.Weight, fc2.Outputs, fc2.Inputs)),
            (5, Weights("fc2.bias", fc2.Bias, fc2.Outputs)),
            (11, Tensor("image", 1, Digits.Side, Digits.Side)),
            (12, Tensor("scores", Digits.Classes)));
        File.WriteAllBytes(path, Message((1, IrVersion), (7, graph), (8, Message((2, Opset)))));
        return trainer.HeldOut;
    }

    private static byte[] TransposedWeight => Message((1, "transB"), (3, 1L), (20, IntAttribute));

    private static byte[] Node(string op, string name, string[] inputs, string output, byte[]? attribute = null) => Message(
    [
        .. inputs.Select(input => (1, (object)input)), (2, output), (3, name), (4, op),
        .. attribute is null ? [] : new (int, object)[] { (5, attribute) },
    ]);

    private static byte[] Weights(string name, float[] values, params long[] shape) => Message(
    [
        .. shape.Select(size => (1, (object)size)), (2, FloatType), (8, name),
        (9, MemoryMarshal.AsBytes<float>(values).ToArray()),
    ]);

    /// <summary>An input or output: any number of items of a shape.</summary>
    private static byte[] Tensor(string name, params long[] shape)
    {
        byte[] dimensions = Message([(1, Message((2, "batch"))), .. shape.Select(size => (1, (object)Message((1, size))))]);
        return Message((1, name), (2, Message((1, Message((1, FloatType), (2, dimensions))))));
    }

    /// <summary>Encodes a message of protobuf: numbers of fields, with an integer, a text, or bytes of a message.</summary>
    private static byte[] Message(params (int Field, object Value)[] fields)
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
