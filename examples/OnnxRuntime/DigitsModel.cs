using System.Runtime.InteropServices;
using Quickstart;
using static OnnxRuntime.OnnxFile;

namespace OnnxRuntime;

/// <summary>Trains the network of the Quickstart and writes it as an ONNX file, so that no model needs to be shipped.</summary>
internal static class DigitsModel
{
    private const long IntAttribute = 2;

    /// <summary>Writes the model and returns the digits that it was not trained on.</summary>
    /// <param name="path">The file to write. The model's input is <c>image</c> [batch, 1, 8, 8].</param>
    /// <param name="epochs">The number of epochs to train for.</param>
    public static Digits Write(string path, int epochs)
    {
        var trainer = new Trainer(Digits.Load(), new TrainerOptions { Epochs = epochs });
        trainer.Run();
        (DenseLayer fc1, DenseLayer fc2) = (trainer.Network.Layers[0], trainer.Network.Layers[1]);
        OnnxFile.Write(
            path,
            (1, Node("Flatten", "features/Flatten", ["image"], "pixels")),
            (1, Node("Gemm", "fc1/Gemm", ["pixels", "fc1.weight", "fc1.bias"], "hidden", TransposedWeight)),
            (1, Node("Relu", "fc1/Relu", ["hidden"], "active")),
            (1, Node("Gemm", "fc2/Gemm", ["active", "fc2.weight", "fc2.bias"], "scores", TransposedWeight)),
            (5, Weights("fc1.weight", fc1.Weight, fc1.Outputs, fc1.Inputs)),
            (5, Weights("fc1.bias", fc1.Bias, fc1.Outputs)),
            (5, Weights("fc2.weight", fc2.Weight, fc2.Outputs, fc2.Inputs)),
            (5, Weights("fc2.bias", fc2.Bias, fc2.Outputs)),
            (11, Tensor("image", FloatType, Open, 1, Digits.Side, Digits.Side)),
            (12, Tensor("scores", FloatType, Open, Digits.Classes)));
        return trainer.HeldOut;
    }

    private static byte[] TransposedWeight => Message((1, "transB"), (3, 1L), (20, IntAttribute));

    private static byte[] Weights(string name, float[] values, params long[] shape) => Message(
    [
        .. shape.Select(size => (1, (object)size)), (2, FloatType), (8, name),
        (9, MemoryMarshal.AsBytes<float>(values).ToArray()),
    ]);
}
