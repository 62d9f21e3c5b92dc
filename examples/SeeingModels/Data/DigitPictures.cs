using Quickstart;
using static TorchSharp.torch;

namespace SeeingModels.Data;

/// <summary>Handwritten digits as tensors: pictures [N, 1, 8, 8] from 0, paper, to 1, ink, and labels [N].</summary>
internal sealed class DigitPictures : IDisposable
{
    public DigitPictures(Digits digits)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = tensor(digits.Images()).reshape(digits.Count, 1, Digits.Side, Digits.Side);
        Pictures = pixels.DetachFromDisposeScope();
        Labels = tensor([.. Enumerable.Range(0, digits.Count).Select(i => (long)digits.Label(i))])
            .DetachFromDisposeScope();
    }

    public Tensor Pictures { get; }

    public Tensor Labels { get; }

    public long Count => Labels.NumberOfElements;

    /// <summary>Returns the n-th picture of a digit: [1, 1, 8, 8].</summary>
    public Tensor Of(int digit, int n = 0) =>
        Pictures.index_select(0, Labels.eq(digit).nonzero().flatten().narrow(0, n, 1));

    public void Dispose()
    {
        Pictures.Dispose();
        Labels.Dispose();
    }
}
