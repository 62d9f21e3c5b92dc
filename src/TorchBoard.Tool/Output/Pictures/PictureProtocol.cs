namespace TorchBoard.Tool.Output.Pictures;

/// <summary>How pictures are shown in a terminal.</summary>
internal enum PictureProtocol
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As characters, two pixels each.</summary>
    Blocks,

    /// <summary>The graphics of DEC terminals.</summary>
    Sixel,

    /// <summary>The protocol of kitty.</summary>
    Kitty,

    /// <summary>The protocol of iTerm2.</summary>
    ITerm,
}
