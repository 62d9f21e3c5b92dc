using TorchBoard.Modules;
using TorchBoard.Probing.Targets;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

public sealed partial class ModelScore
{
    /// <summary>
    /// Creates a score that is the activation of a neuron, so that every method explains the neuron: with
    /// <see cref="ExplanationMethod.Saliency"/> by its gradient, with
    /// <see cref="ExplanationMethod.IntegratedGradients"/> as Captum's <c>NeuronIntegratedGradients</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The model's input, with a batch dimension of 1; copied.</param>
    /// <param name="layer">
    /// The layer's path, such as <c>features.conv2</c>. If it is called several times, the last call counts.
    /// </param>
    /// <param name="neuron">
    /// The neuron, or a function of the layer's output: <c>3</c> for [N, neurons], <c>ModelTarget.Output(2, 5, 7)</c>
    /// for channel 2 at row 5 and column 7 of [N, C, H, W], or <c>ModelTarget.Of(output =&gt; output.select(1,
    /// 2).flatten(1).mean([1]))</c> for the mean of channel 2.
    /// </param>
    /// <param name="forward">Calls the model with a batch [N, …] of inputs; by default <c>model.call(x)</c>.</param>
    /// <returns>The score. Its target is named after the layer, unless it has a name.</returns>
    /// <exception cref="ArgumentException">
    /// As for the constructor; or the layer does not exist, or has no such neuron.
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer was not called.</exception>
    public static ModelScore OfNeuron(
        nn.Module model, Tensor input, string layer, ModelTarget neuron, Func<Tensor, object?>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(neuron);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        ModulePlace place = ModuleTree.FindCallable(model, layer, nameof(layer));
        Func<Tensor, object?> call = ModuleCall.By(model, forward);
        if (neuron is ClassTarget { Index: int index })
            neuron = ModelTarget.Output(index) with { Name = neuron.Name };
        if (neuron is OutputTarget { HasOwnName: false } output)
            neuron = output with { Name = $"{place.Path} [{string.Join(", ", output.Index)}]" };
        return new ModelScore(model, input, neuron, Output, $"Layer '{place.Path}'");

        Tensor Output(Tensor batch)
        {
            using LayerCapture capture = LayerCapture.Of(model, place, batch, call);

            // Belongs to the caller's scope, which the captured tensor does not.
            return capture.Output!.alias();
        }
    }
}
