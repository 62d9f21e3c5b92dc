using System.Runtime.InteropServices;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// Tells which outputs of nodes a tensor was made from. Every output goes on as a copy of a leaf of autograd, so that
/// the gradient of any later tensor reaches exactly the outputs that it was made from directly, by whatever functions
/// lie between, in-place ones included, and not what those were made from.
/// </summary>
internal sealed class TensorSources : IDisposable
{
    private readonly Dictionary<Tensor, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Tensor Leaf, string Source)> _leaves = [];
    private readonly OrderedDictionary<string, Tensor> _values = [];

    /// <summary>What each output held, in the order in which they came to be.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _values;

    /// <summary>Registers an output of a node and returns what goes on in its place.</summary>
    public Tensor Add(Tensor output, string source)
    {
        if (!IsDifferentiable(output))
        {
            _known[output] = source;
            _values[source] = output.clone().DetachFromDisposeScope();
            return output;
        }

        using var gradients = new GradientMode();
        return NewLeaf(output, source).clone();
    }

    /// <summary>Registers a tensor that a node changed in place: from now on it comes from that node.</summary>
    /// <returns>Whether it could be done. It is not done to tensors that outlive the call: parameters, buffers.</returns>
    public bool Change(Tensor changed, string source)
    {
        if (!changed.requires_grad || changed.is_leaf)
            return false;
        using var gradients = new GradientMode();
        try
        {
            changed.detach_();
            changed.copy_(NewLeaf(changed, source));
            return true;
        }
        catch (ExternalException)
        {
            // A view cannot be detached in place; its base keeps the sources that it had.
            return false;
        }
    }

    /// <summary>The outputs of nodes that the tensor was made from, in the order in which they came to be.</summary>
    public string[] Of(Tensor tensor)
    {
        if (IsDifferentiable(tensor) && tensor.requires_grad)
            return _leaves.Count == 0 ? [] : Reached(tensor);
        return _known.TryGetValue(tensor, out string? source) ? [source] : [];
    }

    public void Dispose()
    {
        foreach ((Tensor leaf, _) in _leaves)
            leaf.Dispose();
        foreach (Tensor value in _values.Values)
            value.Dispose();
    }

    private static bool IsDifferentiable(Tensor tensor) =>
        TensorArgument.IsFloatingPoint(tensor.dtype) || tensor.is_complex();

    // Models close scopes of their own; the leaf outlives them.
    private Tensor NewLeaf(Tensor output, string source)
    {
        using Tensor detached = output.detach();
        Tensor leaf = detached.clone().requires_grad_().DetachFromDisposeScope();
        _leaves.Add((leaf, source));
        _values.TryAdd(source, leaf);
        return leaf;
    }

    // Not autograd.grad: an error in it ends the process, as TorchSharp does not catch it there.
    private string[] Reached(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        using var gradients = new GradientMode();
        try
        {
            autograd.backward(
                [tensor], [ones_like(tensor)], retain_graph: true, create_graph: false,
                [.. _leaves.Select(leaf => leaf.Leaf)]);
        }
        catch (ExternalException)
        {
            // Something that the gradient needs was changed in place: nothing is known then.
            TakeReached();
            return [];
        }

        return TakeReached();
    }

    private string[] TakeReached()
    {
        var reached = new List<string>();
        foreach ((Tensor leaf, string source) in _leaves)
        {
            if (leaf.grad is not { } gradient)
                continue;
            gradient.Dispose();
            leaf.grad = null;
            reached.Add(source);
        }

        return [.. reached];
    }
}
