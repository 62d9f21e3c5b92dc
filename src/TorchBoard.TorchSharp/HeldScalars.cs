using TorchBoard.Histograms;
using TorchSharp;

namespace TorchBoard;

/// <summary>
/// Numbers to pass to libtorch. A number passed to a TorchSharp call becomes a <see cref="Scalar"/> that nothing keeps
/// alive while libtorch reads it, and whose finalizer frees it; these live forever.
/// </summary>
/// <remarks>
/// <c>a + b</c> and <c>square()</c> create such a number too: use <c>a.add(b, HeldScalars.One)</c> and <c>a * a</c>.
/// </remarks>
internal static class HeldScalars
{
    public static readonly Scalar Zero = 0;
    public static readonly Scalar One = 1;
    public static readonly Scalar ByteMax = byte.MaxValue;
    public static readonly Scalar Int32Min = int.MinValue;
    public static readonly Scalar Int32Max = int.MaxValue;
    public static readonly Scalar Infinity = double.PositiveInfinity;
    public static readonly Scalar NegativeInfinity = double.NegativeInfinity;

    /// <summary>Inputs whose difference is less than this are equal for DeepLIFT.</summary>
    public static readonly Scalar LeastDifference = Interpretation.DeepLiftRule.LeastDifference;

    /// <summary>The counter of values that are in no default bucket.</summary>
    public static readonly Scalar NoSlot = HistogramCounter.Edges.Length + 1;
}
