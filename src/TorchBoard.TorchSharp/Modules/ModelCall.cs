using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>A repeatable model call: with given tensors, or through the user's own function.</summary>
internal sealed class ModelCall
{
    private readonly Func<object?> _run;

    private ModelCall(nn.Module model, Tensor[]? inputs, Func<object?> run)
    {
        Model = model;
        Inputs = inputs;
        _run = run;
    }

    /// <summary>The model.</summary>
    public nn.Module Model { get; }

    /// <summary>The input tensors; null if the user's own function calls the model.</summary>
    public Tensor[]? Inputs { get; }

    /// <summary>Creates a call with tensors; other arguments have their defaults.</summary>
    /// <exception cref="ArgumentException">The model cannot be called with this number of tensors.</exception>
    public static ModelCall With(nn.Module model, Tensor[] inputs, string argument)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs, argument);
        ModuleCall.ThrowIfUnfit(model, inputs, argument);
        return new ModelCall(model, inputs, () => ModuleCall.Invoke(model, inputs));
    }

    /// <summary>Creates a call through the user's function.</summary>
    public static ModelCall By(nn.Module model, Func<object?> call)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(call);
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        return new ModelCall(model, null, () => ModuleCall.Guard(model, call));
    }

    /// <summary>Calls the model, including its hooks.</summary>
    public object? Invoke() => _run();
}
