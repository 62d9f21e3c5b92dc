using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>Finds the layer in which a model call failed, by calling the model once more.</summary>
internal static class FailedCall
{
    /// <summary>Returns the reason, the layer and the shapes.</summary>
    public static string Message(nn.Module model, Func<object?> call, ExternalException failure)
    {
        var open = new Stack<(ModulePlace Place, string Given)>();
        string taken = "its arguments";
        using (DisposeScope scope = NewDisposeScope())
        using (var hooks = new ModuleHooks())
        {
            foreach (ModulePlace place in ModuleTree.Of(model))
            {
                hooks.Add(place.Module, arguments => open.Push((place, Given(place, arguments))), (_, result) =>
                {
                    open.Pop();
                    return result;
                });
            }

            try
            {
                call();
                open.Clear();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // The same failure again; the open modules locate it.
            }
        }

        string reason = $"libtorch: {FirstLine(failure.Message)}";
        if (open.Count == 0)
            return $"{model.GetType().Name} failed on {taken}. {reason}";
        (ModulePlace layer, string given) = open.Peek();
        (ModulePlace root, string input) = open.Last();
        string start = $"{root.TypeName} cannot take {input}";
        if (open.Count == 1)
            return $"{start}{(layer.Depth == 0 ? Weights(layer) : "")}. {reason}";
        return $"{start}: layer '{layer.Path}' ({layer.TypeName}{Weights(layer)}) received {given}. {reason}";
    }

    private static string Given(ModulePlace place, object?[] arguments)
    {
        Tensor? parameter = place.OwnParameters.Select(own => own.Parameter).FirstOrDefault(own => !own.IsInvalid);
        Tensor[] tensors = [.. TensorTree.Of(arguments)];
        return tensors.Length == 0 ? "no tensor" : string.Join(" and ", tensors.Select(Text));

        string Text(Tensor tensor)
        {
            if (tensor.IsInvalid)
                return "a tensor that has been disposed of";
            string text = TensorArgument.ShapeText(tensor);
            if (tensor.dtype != (parameter?.dtype ?? ScalarType.Float32))
                text += $" of {tensor.dtype}";
            return parameter is null || parameter.device.ToString() == tensor.device.ToString()
                ? text
                : $"{text} on {tensor.device}";
        }
    }

    private static string Weights(ModulePlace place)
    {
        (string Name, Tensor Parameter)[] own = [.. place.OwnParameters.Where(named => !named.Parameter.IsInvalid)];
        if (own.Length == 0)
            return "";
        (string name, Tensor parameter) = own[0];
        string device = parameter.device_type == DeviceType.CPU ? "" : $" on {parameter.device}";
        return $", {name} {TensorArgument.ShapeText(parameter)}{device}";
    }

    /// <summary>Returns the first line of libtorch's message, without the stack trace.</summary>
    public static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', ' ', '\r') + ".";
}
