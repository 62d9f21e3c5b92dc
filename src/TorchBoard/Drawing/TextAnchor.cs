namespace TorchBoard.Drawing;

/// <summary>The part of a line of text that is at the given position.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}
