using System.Reflection;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>The call of a model of which only the inputs are known.</summary>
internal static class ModuleCall
{
    /// <summary>Throws unless the model can be called with so many tensors.</summary>
    public static void ThrowIfUnfit(nn.Module model, Tensor[] inputs, string argument)
    {
        foreach (Tensor input in inputs)
            TensorArgument.ThrowIfUnreadable(input, argument);
        if (ModuleHooks.CallableType(model) is not { } callable)
            throw new ArgumentException($"{model.GetType().Name} cannot be called: it is no Module<…>.", nameof(model));
        int wanted = callable.GetGenericArguments()[..^1].Count(type => type == typeof(Tensor));
        if (inputs.Length == 0 || inputs.Length > wanted)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} takes {wanted} tensor{(wanted == 1 ? "" : "s")}; {inputs.Length} given.",
                argument);
        }
    }

    /// <summary>
    /// Calls the model, its hooks included. Arguments that are no tensors, or left over, are their type's default.
    /// </summary>
    public static object? Invoke(nn.Module model, Tensor[] inputs)
    {
        Type callable = ModuleHooks.CallableType(model)!;
        Type[] types = callable.GetGenericArguments()[..^1];
        var arguments = new object?[types.Length];
        for (int i = 0, next = 0; i < types.Length; i++)
        {
            if (types[i] == typeof(Tensor))
                arguments[i] = next < inputs.Length ? inputs[next++] : null;
            else if (types[i].IsValueType)
                arguments[i] = Activator.CreateInstance(types[i]);
        }

        try
        {
            return callable.GetMethod("call", types)!.Invoke(model, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }
}
