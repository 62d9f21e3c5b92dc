using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>The device and type of a model, which its inputs must match.</summary>
internal static class ModelPlacement
{
    /// <summary>
    /// Returns the detached tensor on the model's device and, if it holds floating-point numbers, in the model's type.
    /// A model without parameters takes it unchanged.
    /// </summary>
    public static Tensor Placed(nn.Module model, Tensor input)
    {
        Tensor? parameter = model.named_parameters()
            .Select(named => (Tensor)named.parameter)
            .FirstOrDefault(parameter => TensorArgument.IsFloatingPoint(parameter.dtype));
        Tensor placed = input.detach();
        if (parameter is null)
            return placed;
        placed = placed.to(parameter.device);
        return TensorArgument.IsFloatingPoint(placed.dtype) ? placed.to_type(parameter.dtype) : placed;
    }
}
