namespace TorchBoard.Metrics;

/// <summary>Validates labels, predictions and scores.</summary>
internal static class Labels
{
    public static void ThrowIfNoClasses(ReadOnlySpan<int> numbers, int classes, string argument)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] >= (uint)classes)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Classes must be between 0 and {classes - 1}; number {i} is {numbers[i]}."),
                    argument);
            }
        }
    }

    public static void ThrowIfNotScored(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int classes)
    {
        if (scores.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"The shape of the scores must be [{labels.Length} items, {classes} classes], "
                + $"{(long)labels.Length * classes} values; got {scores.Length}.",
                nameof(scores));
        }

        ThrowIfNoClasses(labels, classes, nameof(labels));
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
