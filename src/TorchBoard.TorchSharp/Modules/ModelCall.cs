using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>A way to call a model, again and again: with given tensors, or as the user wrote it down.</summary>
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

    /// <summary>The tensors that it is called with; null where the user's own code calls it.</summary>
    public Tensor[]? Inputs { get; }

    /// <summary>A call with tensors; other arguments are their defaults.</summary>
    /// <exception cref="ArgumentException">The model cannot be called with so many tensors.</exception>
    public static ModelCall With(nn.Module model, Tensor[] inputs, string argument)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs, argument);
        ModuleCall.ThrowIfUnfit(model, inputs, argument);
        return new ModelCall(model, inputs, () => ModuleCall.Invoke(model, inputs));
    }

    /// <summary>A call that the user wrote.</summary>
    public static ModelCall By(nn.Module model, Func<object?> call)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(call);
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        return new ModelCall(model, null, () => ModuleCall.Guard(model, call));
    }

    /// <summary>Calls the model, its hooks included.</summary>
    public object? Invoke() => _run();
}
