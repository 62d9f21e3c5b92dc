using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchBoard.Interpretation;

namespace OnnxRuntime;

/// <summary>An ONNX model as the functions that explanations call. It must have one input, of floats.</summary>
/// <param name="session">The model.</param>
/// <param name="item">The shape of one item, without the batch; only needed if the model leaves sizes open.</param>
internal sealed class OnnxModel(InferenceSession session, params long[] item)
{
    private readonly string _input = InputOf(session);
    private readonly long[] _item = ItemOf(session, item);
    private readonly int _batch = session.InputMetadata[InputOf(session)].Dimensions[0];

    /// <summary>Returns the scores of all classes: shape [count, classes].</summary>
    public float[] Scores(ReadOnlySpan<float> inputs, int count)
    {
        // A model with a fixed batch gets whole ones, the last filled with zeros.
        int batch = _batch > 0 ? _batch : count;
        int length = (int)_item.Aggregate(1L, (product, size) => product * size);
        if (inputs.Length != count * length)
            throw new ArgumentException($"{count} items must be {count * length} floats; were {inputs.Length}.", nameof(inputs));
        var scores = new List<float>();
        for (int start = 0; start < count; start += batch)
        {
            int items = Math.Min(batch, count - start);
            float[] part = new float[batch * length];
            inputs.Slice(start * length, items * length).CopyTo(part);
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(part, [batch, .. _item]);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs =
                session.Run(run, [_input], [input], [session.OutputNames[0]]);
            ReadOnlySpan<float> all = outputs[0].GetTensorDataAsSpan<float>();
            scores.AddRange(all[..(all.Length / batch * items)]);
        }

        return [.. scores];
    }

    /// <summary>Returns the score of a class, which explanations explain.</summary>
    public Predict Score(int label) => (inputs, count, scores) =>
    {
        float[] all = Scores(inputs, count);
        for (int i = 0; i < count; i++)
            scores[i] = all[(i * all.Length / count) + label];
    };

    private static string InputOf(InferenceSession session) => session.InputMetadata.Count == 1
        ? session.InputNames[0]
        : throw new NotSupportedException(
            $"The model has {session.InputMetadata.Count} inputs ({string.Join(", ", session.InputNames)}). Give the others "
            + "to Run here: as constants, or repeated for each item of the batch.");

    private static long[] ItemOf(InferenceSession session, long[] item)
    {
        NodeMetadata input = session.InputMetadata[InputOf(session)];
        long[] sizes = [.. input.Dimensions.Skip(1).Select(size => (long)size)];
        if (input.ElementDataType != TensorElementType.Float || input.Dimensions is [])
            throw new NotSupportedException($"The input '{InputOf(session)}' is {input.ElementDataType}, not a batch of floats.");
        if (item.Length == 0 && !sizes.Contains(-1))
            return sizes;
        bool fits = item.Length == sizes.Length
            && sizes.Zip(item).All(pair => pair.Second > 0 && (pair.First == -1 || pair.First == pair.Second));
        return fits ? item : throw new ArgumentException(
            $"The input '{InputOf(session)}' has items of [{TextOf(sizes)}], where ? is any size; the shape given is "
            + $"[{TextOf(item)}].", nameof(item));
    }

    private static string TextOf(long[] sizes) => string.Join(", ", sizes.Select(size => size < 0 ? "?" : $"{size}"));
}
