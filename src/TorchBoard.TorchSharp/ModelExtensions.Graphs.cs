using TorchBoard.Graphs;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>Extension methods that log TorchSharp models.</summary>
public static partial class ModelExtensions
{
    /// <summary>
    /// Adds the model's graph to the Graphs dashboard: a node for each call of a layer, nested like the modules, with
    /// shapes, types, number of parameters, and the edges of the data flow. Also adds each node's time and output size
    /// as run metadata <c>forward</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">The model. Only layers invoked through <c>call</c> are visible, as Sequential does.</param>
    /// <param name="inputs">An example of each input tensor, on the model's device.</param>
    /// <remarks>
    /// <para>
    /// The model is called twice, in evaluation mode; the mode of each module is restored. No hooks or tensors remain,
    /// and no gradient of a parameter changes. No other thread may call the model at the same time.
    /// </para>
    /// <para>
    /// A module that calls other modules is a box. Functions between modules are not nodes; edges pass through them. If
    /// a box ends with functions that combine several tensors into one, like the addition of a residual block, it has a
    /// node <c>join</c>. A layer that is called several times has a node for each call.
    /// </para>
    /// <para>
    /// Edges come from autograd. If a function without a gradient, such as argmax or a comparison, is between two
    /// layers, the model is called again with perturbed layer outputs, up to twice for each layer, and an edge leads to
    /// each value that changes; the node's attribute <c>without_gradient_from</c> names such edges. A dependence that
    /// no perturbation reveals has no edge.
    /// </para>
    /// <para>
    /// Arguments that are not tensors, and tensors not given, have the defaults that the model's <c>forward</c>
    /// declares, or null. To pass other arguments, use the overload that takes a call.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with this number of tensors, a tensor cannot be read, or a layer rejects its input:
    /// the message names the layer and the shapes.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGraph(this SummaryWriter writer, nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddGraph(writer, ModelCall.With(model, inputs, nameof(inputs)));
    }

    /// <summary>Adds the graph of a model that takes arguments other than tensors.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">The model.</param>
    /// <param name="call">
    /// Calls the model and returns its result: <c>() => model.call(tokens, mask, true)</c>. It is called as often as
    /// the model would be, and must do the same each time.
    /// </param>
    /// <inheritdoc cref="AddGraph(SummaryWriter, nn.Module, Tensor[])" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// A layer rejects its input: the message names the layer and the shapes.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGraph(this SummaryWriter writer, nn.Module model, Func<object?> call)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddGraph(writer, ModelCall.By(model, call));
    }

    private static void AddGraph(SummaryWriter writer, ModelCall call)
    {
        UnregisteredFields.ThrowIfAll(call.Model, "model");
        ModelTrace trace = ModelTrace.Of(call);
        writer.AddGraph(ModelGraph.Of(trace));
        NodeStatistics[] statistics = ModelProfile.Of(trace, call);
        if (statistics.Length > 0)
            writer.AddRunMetadata("forward", statistics, 0);
    }
}
