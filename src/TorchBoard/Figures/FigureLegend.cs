namespace TorchBoard.Figures;

/// <summary>The position of the legend of a <see cref="Figure"/>.</summary>
public enum FigureLegend
{
    /// <summary>
    /// In the emptiest corner, or right of the plot if the legend would hide marks in every corner. No legend if no
    /// mark has a label.
    /// </summary>
    Auto,

    /// <summary>Inside the plot, at the top right.</summary>
    TopRight,

    /// <summary>Inside the plot, at the top left.</summary>
    TopLeft,

    /// <summary>Inside the plot, at the bottom right.</summary>
    BottomRight,

    /// <summary>Inside the plot, at the bottom left.</summary>
    BottomLeft,

    /// <summary>Right of the plot.</summary>
    Outside,

    /// <summary>No legend.</summary>
    None,
}
