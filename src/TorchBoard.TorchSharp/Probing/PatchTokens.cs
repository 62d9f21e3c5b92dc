namespace TorchBoard.Probing;

/// <summary>The positions of a vision transformer's tokens on the picture. Immutable.</summary>
public sealed record PatchTokens
{
    /// <summary>
    /// Rows of patches; 0, the default, derives it from the number of tokens (square if the width is 0 too).
    /// </summary>
    public int Height { get; init; }

    /// <summary>
    /// Columns of patches; 0, the default, derives it from the number of tokens (square if the height is 0 too).
    /// </summary>
    public int Width { get; init; }

    /// <summary>Number of tokens before the patch tokens; by default 1, the class token.</summary>
    public int LeadingTokens { get; init; } = 1;
}
