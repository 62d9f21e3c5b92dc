using System.Runtime.InteropServices;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// Tells which outputs of modules a tensor was made from. Every output goes on as a leaf of autograd, so that the
/// gradient of any later tensor reaches just the outputs that it was made from directly, by whatever functions lie
/// between, and not what those were made from.
/// </summary>
internal sealed class TensorSources : IDisposable
{
    private readonly Dictionary<Tensor, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Tensor Leaf, string Source)> _leaves = [];

    /// <summary>Registers an output of a node and returns what goes on in its place.</summary>
    public Tensor Add(Tensor output, string source)
    {
        Tensor passed = output;
        if (TensorArgument.IsFloatingPoint(output.dtype))
        {
            // Models close scopes of their own; the leaf outlives them. A copy goes on, as a leaf cannot be changed in
            // place.
            Tensor leaf = output.detach().requires_grad_().DetachFromDisposeScope();
            _leaves.Add((leaf, source));
            passed = leaf.clone();
        }

        _known[passed] = source;
        return passed;
    }

    /// <summary>The outputs of nodes that the tensors were made from, in the order in which they came to be.</summary>
    public string[] Of(object? value) => [.. TensorTree.Of(value).SelectMany(Of).Distinct()];

    public void Dispose()
    {
        foreach ((Tensor leaf, _) in _leaves)
            leaf.Dispose();
    }

    private IEnumerable<string> Of(Tensor tensor)
    {
        if (_known.TryGetValue(tensor, out string? source))
            return [source];
        return tensor.requires_grad && _leaves.Count > 0 ? Reached(tensor) : [];
    }

    private List<string> Reached(Tensor tensor)
    {
        IList<Tensor> gradients;
        try
        {
            using Tensor sum = tensor.sum();
            gradients = autograd.grad([sum], [.. _leaves.Select(leaf => leaf.Leaf)], null, true, false, true);
        }
        catch (ExternalException)
        {
            // A function without a gradient lies between, or something was changed in place: nothing is known then.
            return [];
        }

        var reached = new List<string>();
        for (int i = 0; i < gradients.Count; i++)
        {
            if (!gradients[i].IsInvalid)
                reached.Add(_leaves[i].Source);
            gradients[i].Dispose();
        }

        return reached;
    }
}
