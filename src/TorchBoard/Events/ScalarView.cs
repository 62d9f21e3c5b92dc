namespace TorchBoard.Events;

/// <summary>A scalar event in its record.</summary>
internal ref struct ScalarView
{
    public double WallTime { get; init; }

    public long Step { get; init; }

    /// <summary>The tag in UTF-8.</summary>
    public ReadOnlySpan<byte> Tag { get; init; }

    public float Value { get; init; }

    /// <summary>The number of bytes that the value takes.</summary>
    public int Size { get; init; }
}
