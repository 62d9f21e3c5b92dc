using System.Globalization;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>A model's layers with their output shapes and parameters, and the totals. Immutable.</summary>
public sealed class ModelSummary
{
    private ModelSummary(ModelSummaryRow[] rows, long parameterBytes, string[] unregistered)
    {
        Rows = rows;
        ParameterBytes = parameterBytes;
        Unregistered = unregistered;
    }

    /// <summary>
    /// The modules in the order of registration, parents first. Parts inside libtorch's own modules, such as the layers
    /// of a <c>TransformerEncoder</c>, are derived from parameter names.
    /// </summary>
    public IReadOnlyList<ModelSummaryRow> Rows { get; }

    /// <summary>Number of values in all parameters. Shared parameters count once.</summary>
    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>Number of values in trainable parameters, which require gradients.</summary>
    public long TrainableParameters => Rows.Sum(row => row.TrainableParameters);

    /// <summary>Size of the parameters in memory, in bytes.</summary>
    public long ParameterBytes { get; }

    /// <summary>
    /// Fields with layers or parameters that are not registered in their module, and that are therefore neither counted
    /// nor trained by an optimizer of <c>model.parameters()</c>: <c>path.field (type)</c>. Either the constructor does
    /// not call <c>RegisterComponents()</c> after they are set, or they are in an array or a list.
    /// </summary>
    public IReadOnlyList<string> Unregistered { get; }

    /// <summary>Summarizes a model.</summary>
    /// <param name="model">
    /// The model. Only outputs of layers invoked through <c>call</c> are visible, as Sequential does.
    /// </param>
    /// <param name="inputs">
    /// An example of each input tensor; without any, the model is not called and shapes are unknown.
    /// </param>
    /// <returns>The summary.</returns>
    /// <remarks>
    /// The model is called once, in evaluation mode and without gradients; each module's mode is restored, and no hooks
    /// remain.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with this number of tensors, a tensor cannot be read, a layer rejects its input, or
    /// nothing in the model is registered.
    /// </exception>
    public static ModelSummary Of(nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        return Of(model, inputs.Length == 0 ? null : ModelCall.With(model, inputs, nameof(inputs)));
    }

    /// <summary>Summarizes a model that takes arguments other than tensors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="call">Calls the model and returns its result: <c>() => model.call(tokens, mask, true)</c>.</param>
    /// <returns>The summary.</returns>
    /// <inheritdoc cref="Of(nn.Module, Tensor[])" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// A layer rejects its input, or nothing in the model is registered.
    /// </exception>
    public static ModelSummary Of(nn.Module model, Func<object?> call) => Of(model, ModelCall.By(model, call));

    /// <summary>Returns the summary as a plain-text table.</summary>
    /// <returns>Lines of text: one per module, indented by nesting depth, then the totals.</returns>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "type", "output", "parameters"],
            .. Rows.Select(row => (string[])
            [
                new string(' ', 2 * row.Depth)
                    + (row.Depth == 0 ? "(model)" : row.Path[(row.Path.LastIndexOf('.') + 1)..]),
                row.TypeName,
                string.Join(" ", row.OutputShapes.Select(shape => $"[{string.Join(", ", shape)}]")),
                row.Parameters == 0 ? "" : Text(row.Parameters),
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length))];
        string rule = new('-', widths.Sum() + 6);
        IEnumerable<string> lines = cells.Select(row => string.Join(
            "  ", row[0].PadRight(widths[0]), row[1].PadRight(widths[1]), row[2].PadRight(widths[2]),
            row[3].PadLeft(widths[3])).TrimEnd());
        return string.Join('\n',
        [
            lines.First(), rule, .. lines.Skip(1), rule,
            .. Unregistered.Select(field => $"not registered, not counted: {field}"),
            $"parameters: {Text(Parameters)}, {Text(TrainableParameters)} trainable, "
            + string.Create(CultureInfo.InvariantCulture, $"{ParameterBytes / 1e6:0.###} MB"),
        ]);
    }

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static ModelSummary Of(nn.Module model, ModelCall? call)
    {
        ModuleCall.ThrowIfWithoutValues(model, nameof(model));
        UnregisteredFields.ThrowIfAll(model, nameof(model));
        ModulePlace[] places = ModuleTree.Of(model);
        Dictionary<ModulePlace, long[][]> shapes = call is null ? [] : ShapesOf(call, places);
        var counted = new HashSet<IntPtr>();
        long bytes = 0;
        return new ModelSummary([.. places.SelectMany(RowsOf)], bytes, UnregisteredFields.Of(places));

        IEnumerable<ModelSummaryRow> RowsOf(ModulePlace place)
        {
            NativePart[] parts = NativePart.Of(place);
            string before = place.Path.Length == 0 ? "" : place.Path + ".";
            IEnumerable<Tensor> own = place.OwnParameters
                .Where(named => !named.Name.Contains('.', StringComparison.Ordinal))
                .Select(named => named.Parameter);
            return
            [
                Row(place.Path, place.TypeName, place.Depth, shapes.GetValueOrDefault(place, []), own),
                .. parts.Select(part => Row(
                    before + part.Path, part.TypeName(parts), place.Depth + part.Depth, [],
                    part.Parameters.Select(named => named.Parameter))),
            ];
        }

        ModelSummaryRow Row(string path, string type, int depth, long[][] outputs, IEnumerable<Tensor> parameters)
        {
            Tensor[] own = [.. parameters.Where(tensor => !tensor.IsInvalid && counted.Add(tensor.Handle))];
            bytes += own.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
            return new ModelSummaryRow(
                path, type, depth, outputs, own.Sum(tensor => tensor.NumberOfElements),
                own.Where(tensor => tensor.requires_grad).Sum(tensor => tensor.NumberOfElements));
        }
    }

    private static Dictionary<ModulePlace, long[][]> ShapesOf(ModelCall call, ModulePlace[] places)
    {
        var shapes = new Dictionary<ModulePlace, long[][]>();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(call.Model);
        using var hooks = new ModuleHooks();
        foreach (ModulePlace place in places)
        {
            hooks.Add(place.Module, _ => { }, (_, result) =>
            {
                shapes.TryAdd(place, ShapesOf(result));
                return result;
            });
        }

        object? output = call.Invoke();
        shapes.TryAdd(places[0], ShapesOf(output));
        return shapes;
    }

    private static long[][] ShapesOf(object? result) => [.. TensorTree.Of(result).Select(output => output.shape)];
}
