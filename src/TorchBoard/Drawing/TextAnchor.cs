namespace TorchBoard.Drawing;

/// <summary>Which part of a line of text stands at the place named.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
