using System.Buffers.Binary;
using System.Text;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>Tensors of numbers in the format of NumPy, version 1.</summary>
internal static class NpyFile
{
    private const int Alignment = 64;
    private const int Preamble = 10;

    // The largest integer that a double, and so the reader of tensors, holds exactly.
    private const double MaxExact = 1L << 53;

    /// <summary>Returns the content of a file; null if the elements are not numbers.</summary>
    public static byte[]? Of(TensorValue tensor)
    {
        if (TensorNumbers.Of(tensor) is not { } numbers)
            return null;
        string type = TypeOf(tensor.Type, numbers);
        int size = type[^1] - '0';
        byte[] header = Header(type, tensor.Shape);
        byte[] file = new byte[header.Length + (numbers.Length * size)];
        header.CopyTo(file, 0);
        for (int i = 0; i < numbers.Length; i++)
            Write(file.AsSpan(header.Length + (i * size), size), type, numbers[i]);
        return file;
    }

    private static string TypeOf(TensorType type, double[] numbers) => type switch
    {
        TensorType.Boolean => "|b1",
        TensorType.Single or TensorType.Half or TensorType.BFloat16 => "<f4",
        TensorType.Double => "<f8",
        _ => Array.TrueForAll(numbers, number => Math.Abs(number) <= MaxExact) ? "<i8" : "<f8",
    };

    private static byte[] Header(string type, ReadOnlySpan<long> shape)
    {
        string sizes = string.Join(", ", shape.ToArray());
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({sizes}{(shape.Length == 1 ? "," : "")}), }}";
        int length = (Preamble + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(length - Preamble));
        Encoding.ASCII.GetBytes(text.PadRight(length - Preamble - 1) + '\n', header.AsSpan(Preamble));
        return header;
    }

    private static void Write(Span<byte> at, string type, double number)
    {
        switch (type)
        {
            case "|b1":
                at[0] = number == 0 ? (byte)0 : (byte)1;
                break;
            case "<f4":
                BinaryPrimitives.WriteSingleLittleEndian(at, (float)number);
                break;
            case "<i8":
                BinaryPrimitives.WriteInt64LittleEndian(at, (long)number);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(at, number);
                break;
        }
    }
}
