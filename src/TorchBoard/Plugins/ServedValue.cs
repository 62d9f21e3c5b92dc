using System.Globalization;
using System.Text;
using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>Values in the forms in which TensorBoard reads them from a server.</summary>
internal static class ServedValue
{
    /// <summary>Stands for the value of metadata without one.</summary>
    private static readonly ReadOnlyMemory<byte> NullTensor = TensorSummary.Tensor<float>([], [0]).ToByteArray();

    /// <summary>Returns a serialized TensorProto.</summary>
    /// <exception cref="InvalidDataException">The value is not a tensor or histogram, or is malformed.</exception>
    /// <exception cref="InvalidProtocolBufferException">The message is malformed.</exception>
    public static ReadOnlyMemory<byte> TensorOf(scoped in ValueView value)
    {
        switch (value.Form)
        {
            case ValueForm.Tensor:
                // One malformed tensor would fail the whole answer in TensorBoard.
                _ = new TensorValue(TensorProto.Parser.ParseFrom(value.Body));
                return value.Body.ToArray();
            case ValueForm.Histogram:
                return TensorOf(HistogramProto.Parser.ParseFrom(value.Body));
            case ValueForm.None:
                return NullTensor;
            default:
                throw ValueDecoder.NotA("tensor", value.Form);
        }
    }

    /// <summary>Returns the blobs of a value.</summary>
    /// <inheritdoc cref="TensorOf(in ValueView)" path="/exception"/>
    public static IReadOnlyList<ReadOnlyMemory<byte>> BlobsOf(string plugin, scoped in ValueView value)
    {
        switch (value.Form)
        {
            case ValueForm.Image:
                Summary.Types.Image image = Summary.Types.Image.Parser.ParseFrom(value.Body);
                return [Number(image.Width), Number(image.Height), image.EncodedImageString.Memory];
            case ValueForm.Audio:
                return [Summary.Types.Audio.Parser.ParseFrom(value.Body).EncodedAudioString.Memory];
            case ValueForm.Tensor:
                return BlobsOf(plugin, TensorProto.Parser.ParseFrom(value.Body));
            default:
                throw ValueDecoder.NotA("blob sequence", value.Form);
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> BlobsOf(string plugin, TensorProto tensor)
    {
        long[] shape = TensorValue.ShapeOf(tensor, tensor.StringVal.Count);
        if (tensor.Dtype != DataType.DtString || shape.Length > 2)
            throw new InvalidDataException($"a blob sequence must be a list of strings; the type is {tensor.Dtype}");

        // Clips have labels, which no dashboard shows.
        int stride = shape is [_, > 1] && plugin == PluginTable.Audio.Name ? (int)shape[1]
            : shape.Length == 2 ? throw new InvalidDataException("a blob sequence must not have two dimensions")
            : 1;
        return [.. tensor.StringVal.Where((_, i) => i % stride == 0).Select(blob => blob.Memory)];
    }

    /// <summary>
    /// Rows of left edge, right edge and count. The outer limits of a legacy histogram may be infinite: the least and the
    /// greatest value take their places, after empty buckets at the ends are removed.
    /// </summary>
    private static ReadOnlyMemory<byte> TensorOf(HistogramProto histogram)
    {
        int count = histogram.Bucket.Count;
        if (histogram.BucketLimit.Count != count)
        {
            throw new InvalidDataException(
                $"the histogram has {histogram.BucketLimit.Count} limits but {count} counts");
        }

        int first = 0;
        while (first < count && !(histogram.Bucket[first] > 0))
            first++;
        int last = count - 1;
        while (last > first && !(histogram.Bucket[last] > 0))
            last--;

        int rows = Math.Max(last - first + 1, 0);
        float[] numbers = new float[rows * 3];
        for (int i = 0; i < rows; i++)
        {
            numbers[3 * i] = (float)(i == 0 ? histogram.Min : histogram.BucketLimit[first + i - 1]);
            numbers[(3 * i) + 1] = (float)(i == rows - 1 ? histogram.Max : histogram.BucketLimit[first + i]);
            numbers[(3 * i) + 2] = (float)histogram.Bucket[first + i];
        }

        return TensorSummary.Tensor<float>(numbers, [rows, 3]).ToByteArray();
    }

    private static ReadOnlyMemory<byte> Number(int number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
