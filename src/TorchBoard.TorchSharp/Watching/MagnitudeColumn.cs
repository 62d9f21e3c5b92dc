namespace TorchBoard.Watching;

/// <summary>What is known of a tensor's magnitudes, in the order of the columns.</summary>
internal enum MagnitudeColumn
{
    /// <summary>The mean magnitude.</summary>
    Mean,

    /// <summary>The greatest magnitude.</summary>
    Greatest,

    /// <summary>How many values are NaN.</summary>
    NaN,

    /// <summary>How many values are infinite.</summary>
    Infinite,

    /// <summary>The sum of squares.</summary>
    SumOfSquares,
}
