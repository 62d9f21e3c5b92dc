using System.Globalization;
using TorchBoard.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// A model's layers with the shapes of their outputs and their parameters, and the totals. Never changes.
/// </summary>
public sealed class ModelSummary
{
    private ModelSummary(ModelSummaryRow[] rows, long parameterBytes, string[] unregistered)
    {
        Rows = rows;
        ParameterBytes = parameterBytes;
        Unregistered = unregistered;
    }

    /// <summary>
    /// The modules in the order in which they were registered, those around others first. What libtorch keeps inside a
    /// module of its own, as the layers of a <c>TransformerEncoder</c>, follows from the names of its parameters.
    /// </summary>
    public IReadOnlyList<ModelSummaryRow> Rows { get; }

    /// <summary>How many numbers all parameters have. What is shared counts once.</summary>
    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>How many of those are trained: they require gradients.</summary>
    public long TrainableParameters => Rows.Sum(row => row.TrainableParameters);

    /// <summary>What the parameters take in memory, in bytes.</summary>
    public long ParameterBytes { get; }

    /// <summary>
    /// Fields that hold layers or parameters that their module does not know of, and that are therefore neither
    /// counted nor trained by an optimizer of <c>model.parameters()</c>: <c>path.field (type)</c>. The constructor does
    /// not call <c>RegisterComponents()</c> after they are set, or they are in an array or a list.
    /// </summary>
    public IReadOnlyList<string> Unregistered { get; }

    /// <summary>Summarizes a model.</summary>
    /// <param name="model">
    /// The model. Its layers' outputs are seen where they are used by <c>call</c>, as Sequential does.
    /// </param>
    /// <param name="inputs">
    /// An example of each tensor that the model takes; with none, the model is not called and no shape is known.
    /// </param>
    /// <returns>The summary.</returns>
    /// <remarks>
    /// The model is called once, in evaluation mode and without gradients; each module gets back its mode, and no hook
    /// stays.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The model cannot be called with so many tensors, one of them cannot be read, a layer cannot take what it is
    /// given, or nothing of the model is registered.
    /// </exception>
    public static ModelSummary Of(nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        return Of(model, inputs.Length == 0 ? null : ModelCall.With(model, inputs, nameof(inputs)));
    }

    /// <summary>Summarizes a model that takes more than tensors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="call">
    /// Calls the model and returns what it returns: <c>() => model.call(tokens, mask, true)</c>.
    /// </param>
    /// <returns>The summary.</returns>
    /// <inheritdoc cref="Of(nn.Module, Tensor[])" path="/remarks"/>
    /// <exception cref="ArgumentException">
    /// A layer cannot take what it is given, or nothing of the model is registered.
    /// </exception>
    public static ModelSummary Of(nn.Module model, Func<object?> call) => Of(model, ModelCall.By(model, call));

    /// <summary>The summary as a table in plain text.</summary>
    /// <returns>Lines of text: a module a line, indented as it is nested, then the totals.</returns>
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
            $"parameters: {Text(Parameters)}, {Text(TrainableParameters)} of them trained, "
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
