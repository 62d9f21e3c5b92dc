using System.Runtime.InteropServices;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Graphs;

/// <summary>
/// Determines the node outputs from which a tensor was computed. Every output is passed on as a copy of an autograd
/// leaf. The gradient of a later tensor therefore reaches exactly the outputs that it was computed from directly,
/// through any functions, including in-place ones, but not the origins of those outputs.
/// </summary>
internal sealed class TensorSources : IDisposable
{
    private readonly Dictionary<Tensor, string> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Tensor Leaf, string Source)> _leaves = [];
    private readonly OrderedDictionary<string, Tensor> _values = [];

    /// <summary>The value of each output, in order of creation.</summary>
    public IReadOnlyDictionary<string, Tensor> Values => _values;

    /// <summary>Registers an output of a node and returns the tensor to pass on instead.</summary>
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

    /// <summary>Registers a tensor that a node changed in place: from now on that node is its source.</summary>
    /// <returns>Whether it was registered. Tensors that outlive the call (parameters, buffers) are not.</returns>
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
            // A view cannot be detached in place; its base keeps its sources.
            return false;
        }
    }

    /// <summary>Returns the node outputs from which the tensor was computed, in order of creation.</summary>
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

    // Models dispose scopes of their own; the leaf must outlive them.
    private Tensor NewLeaf(Tensor output, string source)
    {
        using Tensor detached = output.detach();
        Tensor leaf = detached.clone().requires_grad_().DetachFromDisposeScope();
        _leaves.Add((leaf, source));
        _values.TryAdd(source, leaf);
        return leaf;
    }

    // Not autograd.grad: TorchSharp does not catch errors there, and they end the process.
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
            // A value that the gradient needs was changed in place: the sources are unknown.
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
