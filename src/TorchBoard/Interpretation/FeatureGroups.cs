using System.Runtime.InteropServices;

namespace TorchBoard.Interpretation;

/// <summary>Assigns the numbers of an input to features, which are present or absent as a whole.</summary>
internal sealed class FeatureGroups
{
    private readonly int[] _featureOf;

    private FeatureGroups(int[] featureOf, int count)
    {
        _featureOf = featureOf;
        Count = count;
    }

    /// <summary>Number of features.</summary>
    public int Count { get; }

    /// <summary>Reads groups: one number per value of the input, or one plane that all channels share.</summary>
    public static FeatureGroups Of(int[]? groups, ExplainedInput input)
    {
        if (groups is null)
            return new([.. Enumerable.Range(0, input.Length)], input.Length);

        ThrowIfNoPlane(groups.Length, input, nameof(groups));

        // Groups may be any numbers; features are numbered in their order.
        int[] numbers = [.. groups.Distinct().Order()];
        int[] featureOf = new int[input.Length];
        for (int i = 0; i < featureOf.Length; i++)
            featureOf[i] = Array.BinarySearch(numbers, groups[i % groups.Length]);
        return new(featureOf, numbers.Length);
    }

    /// <summary>
    /// Checks that there is one number per value of the input, or per position of its last dimensions.
    /// </summary>
    public static void ThrowIfNoPlane(int length, ExplainedInput input, string argument)
    {
        int shared = 1;
        for (int d = input.Shape.Length; d > 0 && shared < length;)
            shared *= input.Shape[--d];
        if (length == 0 || shared != length)
        {
            throw new ArgumentException(
                $"Expected one number for each of the input's {input.Length} values, or for each position of "
                + $"its last dimensions; got {length} for the shape {Argument.Text(input.Shape)}.",
                argument);
        }
    }

    /// <summary>Combines the input where a feature is present with the baseline where it is absent.</summary>
    public void Mix(
        ReadOnlySpan<bool> isThere, ReadOnlySpan<float> input, ReadOnlySpan<float> baseline, Span<float> mixed)
    {
        // Selects bits, since a branch for each number would often be mispredicted.
        ReadOnlySpan<byte> members = MemoryMarshal.AsBytes(isThere);
        ReadOnlySpan<int> present = MemoryMarshal.Cast<float, int>(input);
        ReadOnlySpan<int> absent = MemoryMarshal.Cast<float, int>(baseline);
        Span<int> chosen = MemoryMarshal.Cast<float, int>(mixed);
        for (int i = 0; i < chosen.Length; i++)
            chosen[i] = absent[i] ^ ((absent[i] ^ present[i]) & -members[_featureOf[i]]);
    }

    /// <summary>Returns the value of its feature for each number of the input.</summary>
    public double[] Spread(double[] featureValues) => Array.ConvertAll(_featureOf, feature => featureValues[feature]);

    /// <summary>Returns the mean of its feature for each number of the input, separately for each channel.</summary>
    /// <param name="input">The input.</param>
    /// <param name="plane">Number of values that have their own groups: those of a channel, or all.</param>
    public float[] Means(ExplainedInput input, int plane)
    {
        float[] means = new float[input.Length];
        for (int start = 0; start < means.Length; start += plane)
        {
            double[] sums = new double[Count];
            int[] counts = new int[Count];
            for (int i = start; i < start + plane; i++)
            {
                sums[_featureOf[i]] += input.Values[i];
                counts[_featureOf[i]]++;
            }

            for (int i = start; i < start + plane; i++)
                means[i] = (float)(sums[_featureOf[i]] / counts[_featureOf[i]]);
        }

        return means;
    }
}
