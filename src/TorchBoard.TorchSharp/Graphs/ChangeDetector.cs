using System.Runtime.InteropServices;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// Detects whether a tensor was changed in place since the detector was created. libtorch counts the in-place changes
/// of a tensor and its views. TorchSharp does not expose the count, but a backward pass rejects a saved tensor whose
/// count has changed.
/// </summary>
internal sealed class ChangeDetector : IDisposable
{
    private readonly Tensor? _factor;
    private readonly Tensor? _product;

    public ChangeDetector(Tensor tensor)
    {
        if (tensor.is_sparse || tensor.NumberOfElements == 0)
            return;
        using DisposeScope scope = NewDisposeScope();
        using var gradients = new GradientMode();

        // The product saves one element, and with it the count of the whole tensor.
        _factor = ones(1, device: tensor.device).requires_grad_().MoveToOuterDisposeScope();
        _product = tensor.detach().as_strided([1], [1]).mul(_factor).MoveToOuterDisposeScope();
    }

    /// <summary>Whether the tensor was changed. To be read once.</summary>
    public bool IsChanged
    {
        get
        {
            if (_product is null)
                return false;
            using var gradients = new GradientMode();
            try
            {
                using Tensor one = ones_like(_product);
                autograd.backward([_product], [one], retain_graph: false, create_graph: false, [_factor!]);
                return false;
            }
            catch (ExternalException)
            {
                return true;
            }
        }
    }

    public void Dispose()
    {
        _product?.Dispose();
        _factor?.Dispose();
    }
}
