using TorchBoard.Graphs;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>What a run can tell of a TorchSharp model, from the model itself.</summary>
public static partial class ModelExtensions
{
    /// <summary>
    /// Adds the model's graph to the Graphs dashboard: a node for each call of a layer, nested as the modules are, with
    /// shapes, types and numbers of parameters, and the edges that the data took; and as run metadata <c>forward</c>,
    /// each node's time and the size of its outputs.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">
    /// The model. Its layers are seen where they are used by <c>call</c>, as Sequential does.
    /// </param>
    /// <param name="inputs">An example of each tensor that the model takes, on the model's device.</param>
    /// <remarks>
    /// <para>
    /// The model is called twice, in evaluation mode, and gets back the mode of each module. No hook and no tensor
    /// stays, and no gradient of a parameter changes. No other thread may call the model meanwhile.
    /// </para>
    /// <para>
    /// A module that other modules are called inside of is a box. Functions between modules are no nodes: the edges go
    /// through them. Where a box ends with functions that make one tensor of several, as a residual block ends with an
    /// addition, it has a node <c>join</c>. A layer that is called several times has a node for each call.
    /// </para>
    /// <para>
    /// Edges come from autograd. Where a function without a gradient lies between two layers, such as argmax or a
    /// comparison, the model is called again with outputs of layers disturbed, up to twice for each layer, and the edge
    /// goes to what changes; the attribute <c>without_gradient_from</c> of the node names such edges. What no
    /// disturbance shows has no edge.
    /// </para>
    /// <para>
    /// Arguments that are no tensors, or tensors left over, are the defaults that the model's <c>forward</c> declares,
    /// or null; the overload that takes a call is for others.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with so many tensors, one of them cannot be read, or a layer cannot take what it is
    /// given: the message names the layer and the shapes.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGraph(this SummaryWriter writer, nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        AddGraph(writer, ModelCall.With(model, inputs, nameof(inputs)));
    }

    /// <summary>Adds the graph of a model that takes more than tensors.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="model">The model.</param>
    /// <param name="call">
    /// Calls the model and returns what it returns: <c>() => model.call(tokens, mask, true)</c>. It is called as often
    /// as the model would be, and does the same each time.
    /// </param>
    /// <inheritdoc cref="AddGraph(SummaryWriter, nn.Module, Tensor[])" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// A layer cannot take what it is given: the message names the layer and the shapes.
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
