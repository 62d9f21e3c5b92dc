using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>Calls models for which only the inputs are known.</summary>
internal static class ModuleCall
{
    /// <summary>Throws unless the model can be called with this number of tensors.</summary>
    public static void ThrowIfUnfit(nn.Module model, Tensor[] inputs, string argument)
    {
        foreach (Tensor input in inputs)
            TensorArgument.ThrowIfUnreadable(input, argument);
        ThrowIfWithoutValues(model, nameof(model));
        if (model is jit.ScriptModule)
        {
            if (inputs.Length == 0)
                throw new ArgumentException("A TorchScript module takes at least 1 tensor; got 0.", argument);
            return;
        }

        if (ModuleHooks.CallableType(model) is not { } callable)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} cannot be called: it must derive from nn.Module<T, TResult> or a variant with "
                + "more inputs.",
                nameof(model));
        }

        ParameterInfo[] parameters = ForwardOf(model, callable);
        int wanted = parameters.Count(parameter => parameter.ParameterType == typeof(Tensor));
        if (inputs.Length == 0 || inputs.Length > wanted)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} takes {wanted} tensor{(wanted == 1 ? "" : "s")}; got {inputs.Length}.",
                argument);
        }

        if (Array.Find(parameters, parameter => !HasDefault(parameter)) is { } other)
        {
            throw new ArgumentException(
                $"{model.GetType().Name} takes a {other.ParameterType.Name}, '{other.Name}', besides tensors. Declare "
                + "a default in forward, pass the call itself where possible (() => model.call(…)), or wrap the model "
                + "in a module that passes the argument.",
                nameof(model));
        }
    }

    /// <summary>
    /// Throws unless the model can be called with an input, through the user's own function if there is one.
    /// </summary>
    public static void ThrowIfUnfit(
        nn.Module model, Tensor input, Func<Tensor, object?>? forward, string argument)
    {
        if (forward is null)
        {
            ThrowIfUnfit(model, [input], argument);
            return;
        }

        TensorArgument.ThrowIfUnreadable(input, argument);
        ThrowIfWithoutValues(model, nameof(model));
    }

    /// <summary>Throws if the model is disposed or its parameters have no values.</summary>
    public static void ThrowIfWithoutValues(nn.Module model, string argument)
    {
        try
        {
            _ = model.training;
        }
        catch (ObjectDisposedException e)
        {
            throw new ArgumentException(
                $"The model, a {model.GetType().Name}, has been disposed of.", argument, e);
        }

        // Omitted parameters, such as MultiheadAttention's, are invalid.
        Tensor[] parameters = [.. model.parameters()];
        if (Array.Exists(parameters, parameter => !parameter.IsInvalid && parameter.device_type == DeviceType.META))
        {
            throw new ArgumentException(
                $"The model, a {model.GetType().Name}, is on the device 'meta', where parameters have no values. Call "
                + "to(…) first.",
                argument);
        }
    }

    /// <summary>
    /// Calls the model, including its hooks. Arguments that are not tensors, and tensors not given, have the defaults
    /// that its <c>forward</c> declares, or null.
    /// </summary>
    /// <exception cref="ArgumentException">The model rejects the inputs.</exception>
    public static object? Invoke(nn.Module model, Tensor[] inputs) =>
        Guard(model, model is jit.ScriptModule script ? () => script.call([.. inputs]) : () => Call(model, inputs));

    /// <summary>
    /// Returns a function that calls a model with a batch: through the user's own function, or with the batch alone.
    /// </summary>
    /// <exception cref="ArgumentException">The model rejects the batch.</exception>
    public static Func<Tensor, object?> By(nn.Module model, Func<Tensor, object?>? forward) => forward is null
        ? batch => Invoke(model, [batch])
        : batch => Guard(model, () => forward(batch));

    /// <summary>Calls the function; adds the layer and the shapes to libtorch's error.</summary>
    /// <exception cref="ArgumentException">The model rejects its arguments.</exception>
    public static object? Guard(nn.Module model, Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (ExternalException e)
        {
            throw new ArgumentException(FailedCall.Message(model, call, e), e);
        }
    }

    private static object? Call(nn.Module model, Tensor[] inputs)
    {
        Type callable = ModuleHooks.CallableType(model)!;
        ParameterInfo[] parameters = ForwardOf(model, callable);
        object?[] arguments = new object?[parameters.Length];
        int next = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            arguments[i] = parameters[i].ParameterType == typeof(Tensor) && next < inputs.Length
                ? inputs[next++]
                : parameters[i].HasDefaultValue ? parameters[i].DefaultValue : null;
        }

        try
        {
            Type[] types = callable.GetGenericArguments()[..^1];
            return callable.GetMethod("call", types)!.Invoke(model, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            int tensors = parameters.Count(parameter => parameter.ParameterType == typeof(Tensor));
            if (e.InnerException is NullReferenceException or ArgumentNullException && inputs.Length < tensors)
            {
                throw new ArgumentException(
                    $"{model.GetType().Name} takes {tensors} tensors, and some of them are required; "
                    + $"got {inputs.Length}.",
                    e.InnerException);
            }

            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    // TorchSharp's own modules declare defaults in call, user modules in forward.
    private static ParameterInfo[] ForwardOf(nn.Module model, Type callable)
    {
        Type[] types = callable.GetGenericArguments()[..^1];
        return model.GetType().GetMethods()
            .Where(method => method.Name is "call" or "forward")
            .Select(method => method.GetParameters())
            .Where(parameters => parameters.Select(parameter => parameter.ParameterType).SequenceEqual(types))
            .MaxBy(parameters => parameters.Count(parameter => parameter.HasDefaultValue))!;
    }

    private static bool HasDefault(ParameterInfo parameter) =>
        parameter.HasDefaultValue || !parameter.ParameterType.IsValueType
        || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
}
