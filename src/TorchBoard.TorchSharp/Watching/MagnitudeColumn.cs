namespace TorchBoard.Watching;

/// <summary>Statistics of a tensor's magnitudes, in the order of the columns.</summary>
internal enum MagnitudeColumn
{
    /// <summary>The mean magnitude.</summary>
    Mean,

    /// <summary>The largest magnitude.</summary>
    Greatest,

    /// <summary>Number of NaN values.</summary>
    NaN,

    /// <summary>Number of infinite values.</summary>
    Infinite,

    /// <summary>The sum of squares.</summary>
    SumOfSquares,
}
