namespace TorchBoard.Probing;

/// <summary>How the tokens of a vision transformer lie on the picture. Never changes.</summary>
public sealed record PatchTokens
{
    /// <summary>Rows of patches; 0, the default, for as many as columns, or as the tokens leave.</summary>
    public int Height { get; init; }

    /// <summary>Columns of patches; 0, the default, for as many as rows, or as the tokens leave.</summary>
    public int Width { get; init; }

    /// <summary>How many tokens stand before those of the patches: 1, the class token, by default.</summary>
    public int LeadingTokens { get; init; } = 1;
}
