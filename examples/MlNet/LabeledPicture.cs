using Microsoft.ML.Data;
using Quickstart;

namespace MlNet;

/// <summary>A row of the data: what ML.NET learns from.</summary>
internal sealed class LabeledPicture
{
    /// <summary>The pixels, row by row.</summary>
    [VectorType(Digits.Pixels)]
    public float[] Features { get; init; } = [];

    /// <summary>The digit.</summary>
    [KeyType(Digits.Classes)]
    public uint Label { get; init; }

    /// <summary>Returns rows of digits. ML.NET stores a digit as a key, which begins at 1; 0 is a missing one.</summary>
    public static IEnumerable<LabeledPicture> Of(Digits digits) => Enumerable.Range(0, digits.Count)
        .Select(i => new LabeledPicture { Features = digits.Image(i).ToArray(), Label = (uint)digits.Label(i) });
}
