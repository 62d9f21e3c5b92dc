namespace TorchBoard.Figures;

/// <summary>Where the legend of a <see cref="Figure"/> stands.</summary>
public enum FigureLegend
{
    /// <summary>
    /// In the corner where least is drawn; right of the plot where it would hide something in each. Nowhere, where
    /// nothing has a label.
    /// </summary>
    Auto,

    /// <summary>At the top right, inside.</summary>
    TopRight,

    /// <summary>At the top left, inside.</summary>
    TopLeft,

    /// <summary>At the bottom right, inside.</summary>
    BottomRight,

    /// <summary>At the bottom left, inside.</summary>
    BottomLeft,

    /// <summary>Right of the plot.</summary>
    Outside,

    /// <summary>Nowhere.</summary>
    None,
}
