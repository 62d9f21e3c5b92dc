using System.IO.Compression;
using System.Text;

namespace TorchBoard.Tests;

/// <summary>
/// A saved module of TorchScript, as torch.jit.save writes it: y = relu(x · wᵀ) of a layer 'fc' with ones as weights.
/// TorchSharp can load such files and cannot make them.
/// </summary>
internal static class ScriptFile
{
    private const string Code =
        """
        class Linear(Module):
          __parameters__ = ["weight", ]
          __buffers__ = []
          weight : Tensor
          training : bool
          def forward(self: __torch__.Linear,
            input: Tensor) -> Tensor:
            return torch.matmul(input, torch.t(self.weight))
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          fc : __torch__.Linear
          def forward(self: __torch__.Net,
            input: Tensor) -> Tensor:
            return torch.relu((self.fc).forward(input, ))

        """;

    /// <summary>Writes the file for a layer of [outputs, inputs] weights.</summary>
    public static void Write(string path, int outputs, int inputs)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add("version", "3\n"u8);
        Add("data.pkl", Module(outputs, inputs));
        Add("code/__torch__.py", Encoding.ASCII.GetBytes(Code.ReplaceLineEndings("\n")));
        Add("constants.pkl", [0x80, 2, (byte)')', (byte)'.']);
        byte[] weights = new byte[4 * outputs * inputs];
        for (int i = 0; i < weights.Length; i += 4)
            BitConverter.TryWriteBytes(weights.AsSpan(i), 1f);
        Add("data/0", weights);

        void Add(string name, ReadOnlySpan<byte> bytes)
        {
            using Stream stream = archive.CreateEntry("net/" + name, CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }
    }

    // Pickle's second protocol: an object of class Net with the attributes training and fc, itself an object.
    private static byte[] Module(int outputs, int inputs)
    {
        var bytes = new List<byte> { 0x80, 2 };
        Class("__torch__", "Net");
        Ascii(")\u0081}(");
        Text("training");
        Ascii("\u0088");
        Text("fc");
        Class("__torch__", "Linear");
        Ascii(")\u0081}(");
        Text("weight");
        Class("torch._utils", "_rebuild_tensor_v2");
        Ascii("((");
        Text("storage");
        Class("torch", "FloatStorage");
        Text("0");
        Text("cpu");
        Number(outputs * inputs);
        Ascii("tQ");
        Number(0);
        Ascii("(");
        Number(outputs);
        Number(inputs);
        Ascii("t(");
        Number(inputs);
        Number(1);
        Ascii("t\u0088");
        Class("collections", "OrderedDict");
        Ascii(")RtR");
        Text("training");
        Ascii("\u0088ubub.");
        return [.. bytes];

        void Ascii(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));

        void Class(string module, string name) => Ascii($"c{module}\n{name}\n");

        void Text(string text)
        {
            Ascii("X");
            bytes.AddRange(BitConverter.GetBytes(text.Length));
            Ascii(text);
        }

        void Number(int value)
        {
            Ascii("J");
            bytes.AddRange(BitConverter.GetBytes(value));
        }
    }
}
