namespace TorchBoard.Hyperparameters;

/// <summary>
/// A hyperparameter of an experiment and its possible values, which the dashboard offers as filters.
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

    /// <summary>The name of the hyperparameter.</summary>
    public string Name { get; }

    /// <summary>The possible values; null for an interval.</summary>
    public IReadOnlyList<Hyperparameter>? Values { get; }

    /// <summary>The smallest and the largest value; null for listed values.</summary>
    public (double Min, double Max)? Interval { get; }

    /// <summary>The name shown; empty by default, which shows <see cref="Name"/>.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The description in Markdown; empty by default.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// Creates a domain of listed values, which must be all numbers, all strings or all Booleans.
    /// </summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="values">The values; at least one.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="ArgumentException">
    /// The name is null or empty, there is no value, a value is null, NaN or infinite, or the values have different
    /// kinds.
    /// </exception>
    public static HyperparameterDomain OneOf(string name, params IReadOnlyList<Hyperparameter> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Hyperparameter[] copy = [.. values];
        if (copy.Length == 0)
            throw new ArgumentException($"The domain of '{name}' must have at least one value; was 0.", nameof(values));
        foreach (Hyperparameter value in copy)
            ThrowIfUnlike(name, value, copy[0], nameof(values));
        return new(name, copy, null);
    }

    /// <summary>Creates a domain of numbers in an interval, including both ends.</summary>
    /// <param name="name">The name of the hyperparameter.</param>
    /// <param name="min">The smallest value; finite.</param>
    /// <param name="max">The largest value; finite, not less than <paramref name="min"/>.</param>
    /// <returns>The domain.</returns>
    /// <exception cref="ArgumentException">The name is null or empty, or the interval is invalid.</exception>
    public static HyperparameterDomain Between(string name, double min, double max)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || min > max)
        {
            throw new ArgumentException(
                $"The domain of '{name}' must be finite, with min ≤ max; was {(Hyperparameter)min} to "
                + $"{(Hyperparameter)max}.",
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
                $"The values of '{name}' must be all numbers, all strings or all Booleans; got '{first}' and "
                + $"'{value}'.",
                argument);
        }

        if (value is { Number: null, Text: null, Boolean: null } || value.Number is { } number
            && !double.IsFinite(number))
        {
            throw new ArgumentException(
                $"The values of '{name}' must be finite numbers, strings or Booleans; one was '{value}'.",
                argument);
        }
    }
}
