namespace TorchBoard.Drawing;

/// <summary>A position on a canvas in pixels: 0, 0 is the top-left corner, x to the right, y down.</summary>
internal readonly record struct Point(double X, double Y);
