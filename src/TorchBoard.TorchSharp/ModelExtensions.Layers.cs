using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Modules;
using TorchBoard.Panels;
using TorchBoard.Probing;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds a convolutional layer's output for an input to the Images dashboard, as a grid with a picture for each
    /// channel.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>features/conv1</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor, unless <paramref name="forward"/> calls it. Only layers invoked through
    /// <c>call</c> are visible.
    /// </param>
    /// <param name="input">One input with a batch dimension, [1, …].</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layer">
    /// The layer's path, such as <c>features.conv1</c>; its output must be [1, C, H, W]. By default the last
    /// convolution that is called.
    /// </param>
    /// <param name="channels">
    /// Maximum number of channels to draw, starting with the first; at least 1, 25 by default.
    /// </param>
    /// <param name="options">
    /// Layout and scaling; by default as in <see cref="LayerPictures.FeatureMaps"/>, in rows of 5.
    /// </param>
    /// <param name="forward">
    /// Calls the model with the input if it takes more than one argument: <c>x =&gt; model.call(x, mask)</c>. By
    /// default <c>model.call(x)</c>.
    /// </param>
    /// <remarks>
    /// The model is called in evaluation mode and without gradients; each module's mode is restored, and no hooks or
    /// tensors remain. If a layer is called several times, the last call is drawn.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the model cannot be called with the input, the layer does not
    /// exist, or its output has another rank.
    /// </exception>
    /// <exception cref="InvalidOperationException">The layer was not called.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddFeatureMaps(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step, string? layer = null,
        int channels = LayerPictures.DefaultFeatureMaps, ImageGridOptions? options = null,
        Func<Tensor, object?>? forward = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfUnfit(model, input, forward, nameof(input));
        layer ??= LayerSuggestion.Of(model, input, forward);
        ModulePlace place = ModuleTree.FindCallable(model, layer, nameof(layer));
        using Tensor maps = OutputOf(model, place, input, forward);
        using var host = new HostTensor(maps, ScalarType.Float32);
        int[] shape = TensorArgument.ShapeOf(maps, nameof(layer));
        if (shape.Length != 4)
        {
            throw new ArgumentException(
                $"The output of layer '{layer}' must be [1, C, H, W]; was {TensorArgument.ShapeText(maps)}.",
                nameof(layer));
        }

        writer.AddImage(tag, LayerPictures.FeatureMaps(host.Values<float>(), shape, channels, options), step);
    }

    /// <summary>
    /// Adds a convolution's kernels to the Images dashboard: in color if it takes three channels, otherwise in gray.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>kernels/conv1</c>.</param>
    /// <param name="model">The convolution itself, or a model that contains it.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="layer">The convolution's path in the model; the first convolution by default.</param>
    /// <param name="options">Layout and scaling; by default as in <see cref="LayerPictures.Kernels"/>.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the layer does not exist, or it has no four-dimensional weights.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddKernels(
        this SummaryWriter writer, string tag, nn.Module model, long step, string? layer = null,
        ImageGridOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        if (model is jit.ScriptModule)
        {
            throw new ArgumentException(
                "Layers of a TorchScript module are not visible. Pass its weights, from named_parameters(), to "
                + "AddImages.",
                nameof(model));
        }

        ModulePlace? place = layer is null
            ? Array.Find(ModuleTree.Of(model), at => LayerSuggestion.KernelsOf(at.Module) is not null)
            : ModuleTree.Find(model, layer, nameof(layer));
        if (place is null || LayerSuggestion.KernelsOf(place.Module) is not { } kernels)
        {
            throw new ArgumentException(
                place is null
                    ? $"{model.GetType().Name} has no convolution (no four-dimensional weights)."
                    : $"Layer '{place.Path}', a {place.TypeName}, has no four-dimensional weights.",
                layer is null ? nameof(model) : nameof(layer));
        }

        using var host = new HostTensor(kernels, ScalarType.Float32);
        int[] shape = TensorArgument.ShapeOf(kernels, nameof(model));
        writer.AddImage(tag, LayerPictures.Kernels(host.Values<float>(), shape, options), step);
    }

    /// <summary>
    /// Adds the gradient of a parameter to the Images dashboard, as a heatmap with a color bar: blue is negative, red
    /// positive.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>gradients/fc1</c>.</param>
    /// <param name="parameter">
    /// The parameter, after <c>backward()</c>. Each index of its first dimension is a row, with the other dimensions
    /// side by side; a vector is one row.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <remarks>NaN is gray. If there are more values than pixels, a pixel shows the mean of several values.</remarks>
    /// <param name="name">
    /// The parameter's name for the title, such as <c>fc1.weight</c>; by default only its shape is shown.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or the parameter cannot be read or has no gradient.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGradientHeatmap(
        this SummaryWriter writer, string tag, Tensor parameter, long step, string name = "")
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(name);
        TensorArgument.ThrowIfUnreadable(parameter, nameof(parameter));
        using Tensor? gradient = parameter.grad;
        if (gradient is null or { IsInvalid: true })
            throw new ArgumentException("The parameter has no gradient; call backward() first.", nameof(parameter));
        int[] shape = TensorArgument.ShapeOf(gradient, nameof(parameter));
        using var host = new HostTensor(gradient, ScalarType.Float32);
        ReadOnlySpan<float> values = host.Values<float>();
        int rows = shape.Length < 2 ? 1 : shape[0];
        Figure figure = new Figure
        {
            Title = $"Gradient of {(name.Length > 0 ? $"{name} " : "")}{TensorArgument.ShapeText(parameter)}",
            XLabel = shape.Length switch
            {
                < 2 => "output",
                2 => "input",
                _ => "input × kernel",
            },
            YLabel = shape.Length < 2 ? "" : "output",
        }.Heatmap(
            values, rows, values.Length / rows, new HeatmapOptions { Diverging = true, ColorLabel = "gradient" });
        writer.AddFigure(tag, figure, step);
    }

    /// <summary>
    /// Adds the gradient of one of a model's parameters to the Images dashboard, as a heatmap with the parameter's name
    /// in the title.
    /// </summary>
    /// <inheritdoc cref="AddGradientHeatmap(SummaryWriter, string, Tensor, long, string)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>gradients/fc1</c>.</param>
    /// <param name="model">The model, after <c>backward()</c>.</param>
    /// <param name="parameterName">
    /// The parameter's name as in <c>named_parameters()</c>, such as <c>fc1.weight</c>. Each index of its first
    /// dimension is a row, with the other dimensions side by side; a vector is one row.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the parameter does not exist (the message suggests similar names),
    /// or it has no gradient.
    /// </exception>
    public static void AddGradientHeatmap(
        this SummaryWriter writer, string tag, nn.Module model, string parameterName, long step)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameterName);
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        (string Name, Tensor Values)[] parameters =
        [
            .. model.named_parameters().Select(named => (named.name, (Tensor)named.parameter)),
        ];
        int at = Array.FindIndex(parameters, named => named.Name == parameterName);
        if (at < 0)
        {
            string[] names = [.. parameters.Select(named => named.Name)];
            throw new ArgumentException(
                NearestNames.Message($"parameters of {model.GetType().Name}", parameterName, names),
                nameof(parameterName));
        }

        writer.AddGradientHeatmap(tag, parameters[at].Values, step, parameterName);
    }

    /// <summary>
    /// Adds the mean and the largest |g| of the gradients of all parameters to the Images dashboard, as bars on a
    /// logarithmic axis that reveal vanishing and exploding gradients. <see cref="Watch"/> does this repeatedly.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>gradient_flow</c>.</param>
    /// <param name="model">The model, after <c>backward()</c>. Parameters without a gradient are omitted.</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <remarks>Does not wait for a CUDA device.</remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or no parameter has a gradient.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddGradientFlow(this SummaryWriter writer, string tag, nn.Module model, long step)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(model);
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        using DisposeScope scope = NewDisposeScope();
        (string Name, Tensor Values)[] gradients =
        [
            .. model.named_parameters()
                .Select(named => (named.name, Values: named.parameter.grad!))
                .Where(named => named.Values is { IsInvalid: false, NumberOfElements: > 0 }),
        ];
        if (gradients.Length == 0)
            throw new ArgumentException("No parameter has a gradient; call backward() first.", nameof(model));
        using Magnitudes magnitudes = Magnitudes.Of([.. gradients.Select(named => named.Values)]);
        GradientFlow.Add(writer, tag, [.. gradients.Select(named => named.Name)], magnitudes, step);
    }

    private static Tensor OutputOf(
        nn.Module model, ModulePlace place, Tensor input, Func<Tensor, object?>? forward)
    {
        using var capture = new LayerCapture();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using (var mode = new EvaluationMode(model))
        using (var hooks = new ModuleHooks())
        {
            hooks.Add(place.Module, _ => { }, (_, result) => capture.Keep(result));
            ModuleCall.By(model, forward)(ModelPlacement.Placed(model, input));
        }

        if (capture.Output is null)
            throw new InvalidOperationException(ModelProbe.NotCalled(place));
        return capture.Output.detach().MoveToOuterDisposeScope();
    }
}
