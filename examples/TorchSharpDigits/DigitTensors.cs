using Quickstart;
using static TorchSharp.torch;

namespace TorchSharpDigits;

/// <summary>Digits on a device: pictures [N, 1, 8, 8] from 0 to 1, and labels [N].</summary>
internal sealed class DigitTensors : IDisposable
{
    public DigitTensors(Digits digits, Device device)
    {
        float[] pixels = new float[digits.Count * Digits.Pixels];
        long[] labels = new long[digits.Count];
        for (int i = 0; i < digits.Count; i++)
        {
            digits.Image(i).CopyTo(pixels.AsSpan(i * Digits.Pixels));
            labels[i] = digits.Label(i);
        }

        using var scope = NewDisposeScope();
        Tensor pictures = tensor(pixels).reshape(digits.Count, 1, Digits.Side, Digits.Side);
        Pictures = pictures.to(device).DetachFromDisposeScope();
        Labels = tensor(labels).to(device).DetachFromDisposeScope();
    }

    public Tensor Pictures { get; }

    public Tensor Labels { get; }

    public long Count => Labels.NumberOfElements;

    public void Dispose()
    {
        Pictures.Dispose();
        Labels.Dispose();
    }
}
