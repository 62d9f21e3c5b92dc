using TorchBoard.Figures.Marks;

namespace TorchBoard.Figures;

public sealed partial class Figure
{
    /// <summary>
    /// Creates a parallel coordinates plot of trials: an upright axis for each hyperparameter and metric, and a line for
    /// each trial, in the color of its value on one of the axes.
    /// </summary>
    /// <remarks>
    /// A line has a gap at a missing value, and is gray if the value that colors it is missing. Lines in light colors,
    /// of high values, are drawn over dark ones.
    /// </remarks>
    /// <param name="axes">The axes from left to right: at least two, for the same trials in the same order.</param>
    /// <param name="colorBy">The name of the axis whose values color the lines; the last axis by default.</param>
    /// <param name="title">The title above the plot.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two axes, one is null, two have the same name or different numbers of trials, or none has the
    /// name <paramref name="colorBy"/>.
    /// </exception>
    /// <example>
    /// <code>
    /// writer.AddFigure("trials", Figure.ParallelCoordinates(
    /// [
    ///     ParallelAxis.OfNumbers&lt;double&gt;("lr", rates, logarithmic: true),
    ///     ParallelAxis.OfNames("optimizer", optimizers),
    ///     ParallelAxis.OfNumbers&lt;double&gt;("accuracy", accuracies),
    /// ]), step);
    /// </code>
    /// </example>
    public static Figure ParallelCoordinates(
        IReadOnlyList<ParallelAxis> axes, string? colorBy = null, string title = "Trials")
    {
        ArgumentNullException.ThrowIfNull(axes);
        if (axes.Count < 2 || axes.Contains(null!))
            throw new ArgumentException("There must be at least two axes, and no axis may be null.", nameof(axes));
        for (int i = 1; i < axes.Count; i++)
        {
            if (axes[i].Count != axes[0].Count)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"All axes must have the same number of trials: '{axes[0].Name}' has {axes[0].Count}, ")
                    + FormattableString.Invariant($"'{axes[i].Name}' has {axes[i].Count}."),
                    nameof(axes));
            }

            if (axes.Take(i).Any(other => other.Name == axes[i].Name))
                throw new ArgumentException($"Two axes have the name '{axes[i].Name}'.", nameof(axes));
        }

        ParallelAxis[] copy = [.. axes];
        int colored = colorBy is null ? copy.Length - 1 : Array.FindIndex(copy, axis => axis.Name == colorBy);
        if (colored < 0)
        {
            throw new ArgumentException(
                $"No axis has the name '{colorBy}'; there are {string.Join(", ", copy.Select(axis => axis.Name))}.",
                nameof(colorBy));
        }

        return new Figure { Title = title }.Add(new ParallelMark(copy, colored) { Color = Theme.Ink });
    }
}
