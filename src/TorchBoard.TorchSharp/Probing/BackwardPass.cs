using System.Runtime.InteropServices;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Backward passes that change only the gradients of given tensors, not of parameters.</summary>
/// <remarks>
/// Not <c>autograd.grad</c>: TorchSharp 0.107 does not catch libtorch's exceptions there, which ends the process.
/// </remarks>
internal static class BackwardPass
{
    /// <summary>Returns the gradients of a score. Gradients must be enabled.</summary>
    /// <param name="score">A tensor with one value.</param>
    /// <param name="tensors">
    /// Tensors owned by this library, on the path to the score or not; their gradients are taken.
    /// </param>
    /// <param name="model">The model, for error messages.</param>
    /// <returns>The gradient with respect to each tensor; null if the score does not depend on it.</returns>
    /// <exception cref="InvalidOperationException">libtorch cannot compute the gradients.</exception>
    public static Tensor?[] Gradients(Tensor score, Tensor[] tensors, nn.Module model)
    {
        Send(score, ones_like(score), tensors, model, retainGraph: false);
        return Array.ConvertAll(tensors, tensor => tensor.grad is { IsInvalid: false } gradient ? gradient : null);
    }

    /// <summary>Backpropagates a gradient from an output; adds to the gradients of the tensors.</summary>
    public static void Send(Tensor output, Tensor gradient, Tensor[] tensors, nn.Module model, bool retainGraph)
    {
        try
        {
            autograd.backward([output], [gradient], retainGraph, create_graph: false, tensors);
        }
        catch (ExternalException e)
        {
            throw new InvalidOperationException(Message(model, e), e);
        }
    }

    private static string Message(nn.Module model, ExternalException failure)
    {
        string name = model.GetType().Name;
        string cause = failure.Message.Contains("modified by an inplace operation", StringComparison.Ordinal)
            ? $"{name}, or the target's function, changes in place a value that its own gradient needs, so the score "
                + "has no gradient. Use an operation that creates a new tensor there: mul(…), not mul_(…); ReLU "
                + "without inplace."
            : $"libtorch cannot compute the gradient of the score of {name}.";
        return $"{cause} libtorch: {FailedCall.FirstLine(failure.Message)}";
    }
}
