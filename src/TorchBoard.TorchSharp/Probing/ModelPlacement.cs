using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>Where a model's numbers are, and of which type: what its inputs must match.</summary>
internal static class ModelPlacement
{
    /// <summary>
    /// The tensor on the model's device, and of the model's floating-point type where it holds such numbers; detached.
    /// A model without parameters takes it as it is.
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
