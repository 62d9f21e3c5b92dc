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
    private ModelSummary(ModelSummaryRow[] rows, long parameterBytes)
    {
        Rows = rows;
        ParameterBytes = parameterBytes;
    }

    /// <summary>The modules in the order in which they were registered, those around others first.</summary>
    public IReadOnlyList<ModelSummaryRow> Rows { get; }

    /// <summary>How many numbers all parameters have. What is shared counts once.</summary>
    public long Parameters => Rows.Sum(row => row.Parameters);

    /// <summary>How many of those are trained: they require gradients.</summary>
    public long TrainableParameters => Rows.Sum(row => row.TrainableParameters);

    /// <summary>What the parameters take in memory, in bytes.</summary>
    public long ParameterBytes { get; }

    /// <summary>Summarises a model.</summary>
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
    /// The model cannot be called with so many tensors, or one of them cannot be read.
    /// </exception>
    public static ModelSummary Of(nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ModulePlace[] places = ModuleTree.Of(model);
        Dictionary<ModulePlace, long[][]> shapes = inputs.Length == 0 ? [] : ShapesOf(model, places, inputs);
        var counted = new HashSet<IntPtr>();
        long bytes = 0;
        return new ModelSummary([.. places.Select(RowOf)], bytes);

        ModelSummaryRow RowOf(ModulePlace place)
        {
            Tensor[] own =
                [.. place.OwnParameters.Select(named => named.Parameter).Where(tensor => counted.Add(tensor.Handle))];
            bytes += own.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
            return new ModelSummaryRow(
                place.Path, place.TypeName, place.Depth, shapes.GetValueOrDefault(place, []),
                own.Sum(tensor => tensor.NumberOfElements),
                own.Where(tensor => tensor.requires_grad).Sum(tensor => tensor.NumberOfElements));
        }
    }

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
            $"parameters: {Text(Parameters)}, {Text(TrainableParameters)} of them trained, "
            + string.Create(CultureInfo.InvariantCulture, $"{ParameterBytes / 1e6:0.###} MB"),
        ]);
    }

    private static string Text(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static Dictionary<ModulePlace, long[][]> ShapesOf(nn.Module model, ModulePlace[] places, Tensor[] inputs)
    {
        ModuleCall.ThrowIfUnfit(model, inputs, nameof(inputs));
        var shapes = new Dictionary<ModulePlace, long[][]>();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        using var mode = new EvaluationMode(model);
        using var hooks = new ModuleHooks();
        foreach (ModulePlace place in places)
        {
            hooks.Add(place.Module, _ => { }, (_, result) =>
            {
                shapes.TryAdd(place, [.. TensorTree.Of(result).Select(output => output.shape)]);
                return result;
            });
        }

        ModuleCall.Invoke(model, inputs);
        return shapes;
    }
}
