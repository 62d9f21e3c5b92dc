namespace TorchBoard.Metrics;

/// <summary>Checks what is true and what was predicted.</summary>
internal static class Labels
{
    public static void ThrowIfNoClasses(ReadOnlySpan<int> numbers, int classes, string argument)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] >= (uint)classes)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Number {i} is {numbers[i]}; the classes are 0 to {classes - 1}."),
                    argument);
            }
        }
    }

    public static void ThrowIfNotScored(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int classes)
    {
        if (scores.Length != (long)labels.Length * classes)
        {
            throw new ArgumentException(
                $"{labels.Length} items of {classes} classes have {(long)labels.Length * classes} scores; "
                + $"{scores.Length} given. The shape is [items, classes].",
                nameof(scores));
        }

        ThrowIfNoClasses(labels, classes, nameof(labels));
        int nan = IndexOfNaN(scores);
        if (nan >= 0)
        {
            throw new ArgumentException(
                $"The score of item {nan / classes}, class {nan % classes} is NaN.", nameof(scores));
        }
    }

    public static void ThrowIfNotScored(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"{labels.Length} labels have {scores.Length} scores.", nameof(scores));
        int nan = IndexOfNaN(scores);
        if (nan >= 0)
            throw new ArgumentException($"Score {nan} is NaN.", nameof(scores));
    }

    /// <summary>Where the highest score stands; of several, the first.</summary>
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
