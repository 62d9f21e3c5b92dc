using System.Runtime.CompilerServices;

namespace TorchBoard.Metrics;

/// <summary>Validates labels, predictions and scores.</summary>
internal static class Labels
{
    public static void ThrowIfNoClasses(
        ReadOnlySpan<int> numbers, int classes, string argument, int? ignored = null)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] >= (uint)classes && numbers[i] != ignored)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Classes must be between 0 and {classes - 1}; number {i} is {numbers[i]}."),
                    argument);
            }
        }
    }

    public static void ThrowIfNotScored(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int classes, int? ignored = null)
    {
        if (scores.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"The shape of the scores must be [{labels.Length} items, {classes} classes], "
                + $"{(long)labels.Length * classes} values; got {scores.Length}.",
                nameof(scores));
        }

        ThrowIfNoClasses(labels, classes, nameof(labels), ignored);
        int nan = IndexOfNaN(scores);
        if (nan >= 0)
        {
            throw new ArgumentException(
                $"Scores must not be NaN; the score of item {nan / classes}, class {nan % classes} is.",
                nameof(scores));
        }
    }

    public static void ThrowIfNotScored(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        if (scores.Length != labels.Length)
        {
            throw new ArgumentException(
                $"There must be as many scores as labels, {labels.Length}; was {scores.Length}.", nameof(scores));
        }

        int nan = IndexOfNaN(scores);
        if (nan >= 0)
            throw new ArgumentException($"Scores must not be NaN; score {nan} is.", nameof(scores));
    }

    public static void ThrowIfNotTargets(ReadOnlySpan<float> predictions, ReadOnlySpan<float> targets)
    {
        if (predictions.Length != targets.Length)
        {
            throw new ArgumentException(
                $"There must be as many predictions as targets, {targets.Length}; was {predictions.Length}.",
                nameof(predictions));
        }

        ThrowIfNotFinite(predictions);
        ThrowIfNotFinite(targets);
    }

    public static void ThrowIfNotFinite(
        ReadOnlySpan<float> values, [CallerArgumentExpression(nameof(values))] string argument = "")
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The values must be finite; number {i} is {values[i]}."), argument);
            }
        }
    }

    public static void ThrowIfNotWeights(ReadOnlySpan<double> weights, int items)
    {
        if (!weights.IsEmpty && weights.Length != items)
        {
            throw new ArgumentException(
                $"There must be one weight for each of {items} items; was {weights.Length}.", nameof(weights));
        }

        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Weights must be finite and at least 0; number {i} is {weights[i]}."),
                    nameof(weights));
            }
        }
    }

    /// <summary>Why scores must be probabilities.</summary>
    public const string ForLogits = "For logits, set AreLogits.";

    /// <summary>Why scores must be probabilities.</summary>
    public const string ForThresholds = "For other scores, leave Thresholds null.";

    public static void ThrowIfNotProbabilities(ReadOnlySpan<float> scores, string advice)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] is not (>= 0 and <= 1))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Probabilities must be between 0 and 1; number {i} is {scores[i]}. {advice}"),
                    nameof(scores));
            }
        }
    }

    public static void ThrowIfOtherThresholds(int? own, int? other)
    {
        if (other != own)
        {
            throw new ArgumentException(
                $"The other scores must have the same Thresholds, {Text(own)}; had {Text(other)}.", nameof(other));
        }

        static string Text(int? thresholds) =>
            thresholds is { } number ? FormattableString.Invariant($"{number}") : "null";
    }

    public static void ThrowIfNoTopK(int topK, int classes)
    {
        if (topK < 1 || topK > classes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(topK), topK, FormattableString.Invariant($"k must be between 1 and {classes}, the classes."));
        }
    }

    /// <summary>
    /// Returns how many classes have a higher score than the label; of equal scores, lower class numbers come first.
    /// </summary>
    public static int RankOf(int label, ReadOnlySpan<float> scores)
    {
        int before = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            if (scores[c] > scores[label] || (scores[c] == scores[label] && c < label))
                before++;
        }

        return before;
    }

    /// <summary>Returns the index of the highest score; of equal scores, the first.</summary>
    public static int Highest(ReadOnlySpan<float> scores)
    {
        int highest = 0;
        for (int c = 1; c < scores.Length; c++)
        {
            if (scores[c] > scores[highest])
                highest = c;
        }

        return highest;
    }

    private static int IndexOfNaN(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return i;
        }

        return -1;
    }
}
