using System.Numerics.Tensors;
using TorchBoard.Interpretation;

namespace TorchBoard.Benchmarks.Work;

/// <summary>Explanations of a small network, which <c>explain.py</c> explains with numpy.</summary>
internal static class ExplanationWork
{
    private const int Features = 50;
    private const int Hidden = 32;
    private const int Coalitions = 20_000;
    private const int BatchSize = 4096;
    private const int Side = 28;
    private const int Window = 5;

    /// <summary>Returns a call that explains an input once.</summary>
    /// <param name="name">kernelshap, lime or occlusion.</param>
    public static Action Of(string name)
    {
        int length = name == "occlusion" ? Side * Side : Features;
        float offset = name == "occlusion" ? 0 : 0.1f;
        float[] input = [.. Enumerable.Range(0, length).Select(i => (i * 13 % 17 / 17f) + offset)];
        Predict predict = Network(length);
        return name switch
        {
            "kernelshap" => () =>
                KernelShap.Explain(predict, input, options: new() { Coalitions = Coalitions, BatchSize = BatchSize }),
            "lime" => () => Lime.Explain(predict, input, options: new() { Samples = Coalitions, BatchSize = BatchSize }),
            _ => () => Occlusion.Explain(predict, input, [Side, Side], [Window, Window], new() { BatchSize = BatchSize }),
        };
    }

    /// <summary>Returns a network whose score is the sum of a hidden layer, tanh(x·W).</summary>
    private static Predict Network(int inputs)
    {
        float[] weights = [.. Enumerable.Range(0, inputs * Hidden).Select(i => (i * 37 % 101 / 101f) - 0.5f)];
        float[] hidden = new float[Hidden];
        return (rows, count, scores) =>
        {
            for (int r = 0; r < count; r++)
            {
                Array.Clear(hidden);
                ReadOnlySpan<float> row = rows.Slice(r * inputs, inputs);
                for (int i = 0; i < inputs; i++)
                {
                    if (row[i] != 0)
                        TensorPrimitives.MultiplyAdd(weights.AsSpan(i * Hidden, Hidden), row[i], hidden, hidden);
                }

                TensorPrimitives.Tanh(hidden, hidden);
                scores[r] = TensorPrimitives.Sum<float>(hidden);
            }
        };
    }
}
