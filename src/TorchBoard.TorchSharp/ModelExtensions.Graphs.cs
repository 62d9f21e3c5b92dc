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
    /// stays, and no gradient of a parameter changes.
    /// </para>
    /// <para>
    /// A module that other modules are called inside of is a box. Functions between modules, such as an addition of a
    /// residual block, are no nodes: the edges go through them. A layer that is called several times has a node for
    /// each call.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with so many tensors, or one of them cannot be read.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGraph(this SummaryWriter writer, nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ModuleCall.ThrowIfUnfit(model, inputs, nameof(inputs));
        ModelTrace trace = ModelTrace.Of(model, inputs);
        writer.AddGraph(ModelGraph.Of(trace));
        NodeStatistics[] statistics = ModelProfile.Of(trace, model, inputs);
        if (statistics.Length > 0)
            writer.AddRunMetadata("forward", statistics, 0);
    }
}
