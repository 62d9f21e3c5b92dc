using System.Runtime.InteropServices;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Backward passes that change the gradients of given tensors only, and of no parameter.</summary>
/// <remarks>
/// Not <c>autograd.grad</c>: TorchSharp 0.107 does not catch what libtorch throws in it, which ends the process.
/// </remarks>
internal static class BackwardPass
{
    /// <summary>Derivatives of a score. Gradients must be on.</summary>
    /// <param name="score">One number.</param>
    /// <param name="tensors">Tensors of ours, on the way to the score or not; their gradients are taken.</param>
    /// <param name="model">The model, for errors.</param>
    /// <returns>The derivatives by each tensor; null where the score does not depend on it.</returns>
    /// <exception cref="InvalidOperationException">libtorch cannot make them.</exception>
    public static Tensor?[] Gradients(Tensor score, Tensor[] tensors, nn.Module model)
    {
        Send(score, ones_like(score), tensors, model, retainGraph: false);
        return Array.ConvertAll(tensors, tensor => tensor.grad is { IsInvalid: false } gradient ? gradient : null);
    }

    /// <summary>Adds to the gradients of tensors what arrives there from an output.</summary>
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
            ? $"{name}, or the target's function, changes in place a value that its own gradient needs, so the score has "
                + "no gradient. Let it make a new tensor there: mul(…) in place of mul_(…), ReLU without inplace."
            : $"libtorch cannot make the gradient of the score of {name}.";
        return $"{cause} libtorch: {FailedCall.FirstLine(failure.Message)}";
    }
}
