namespace TorchBoard.Hyperparameters;

/// <summary>
/// A hyperparameter of an experiment and the values that it may have, by which the dashboard filters.
/// </summary>
public sealed class HyperparameterDomain
{
    private HyperparameterDomain(string name, IReadOnlyList<Hyperparameter>? values, (double Min, double Max)? interval)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Values = values;
        Interval = interval;
    }

    /// <summary>The hyperparameter's name.</summary>
    public string Name { get; }

    /// <summary>The values that it may have; null where they are an interval.</summary>
    public IReadOnlyList<Hyperparameter>? Values { get; }

    /// <summary>The least and the greatest value; null where the values are listed.</summary>
    public (double Min, double Max)? Interval { get; }

    /// <summary>What is shown instead of the name; empty by default: the name.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>What it means; markdown, empty by default.</summary>
    public string Description { get; init; } = "";

    /// <summary>A hyperparameter with one of some values: all numbers, all texts or all truth values.</summary>
    /// <param name="name">The hyperparameter's name.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="ArgumentException">
    /// The name is null or empty, there is no value, a value is null, NaN or infinite, or they are of several kinds.
    /// </exception>
    public static HyperparameterDomain OneOf(string name, params IReadOnlyList<Hyperparameter> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Hyperparameter[] copy = [.. values];
        if (copy.Length == 0)
            throw new ArgumentException($"The domain of '{name}' is empty; it has at least one value.", nameof(values));
        foreach (Hyperparameter value in copy)
            ThrowIfUnlike(name, value, copy[0], nameof(values));
        return new(name, copy, null);
    }

    /// <summary>A hyperparameter that is a number of an interval, both ends included.</summary>
    /// <param name="name">The hyperparameter's name.</param>
    /// <param name="min">The least value; finite.</param>
    /// <param name="max">The greatest value; finite, not less than <paramref name="min"/>.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="ArgumentException">The name is null or empty, or the interval is none.</exception>
    public static HyperparameterDomain Between(string name, double min, double max)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || min > max)
        {
            throw new ArgumentException(
                $"The domain of '{name}' is from {(Hyperparameter)min} to {(Hyperparameter)max}; "
                + "two finite numbers are wanted, the lesser one first.",
                nameof(max));
        }

        return new(name, null, (min, max));
    }

    private static void ThrowIfUnlike(string name, Hyperparameter value, Hyperparameter first, string argument)
    {
        bool alike = (value.Number is null) == (first.Number is null) && (value.Text is null) == (first.Text is null);
        if (!alike)
        {
            throw new ArgumentException(
                $"The domain of '{name}' mixes '{first}' and '{value}'; all numbers, all texts or all truth values are "
                    + "wanted.",
                argument);
        }

        if (value is { Number: null, Text: null, Boolean: null } || value.Number is { } number
            && !double.IsFinite(number))
        {
            throw new ArgumentException(
                $"The domain of '{name}' has the value '{value}'; a finite number, a text or a truth value is wanted.",
                argument);
        }
    }
}
