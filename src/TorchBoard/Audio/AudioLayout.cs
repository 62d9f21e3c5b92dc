namespace TorchBoard.Audio;

/// <summary>The order of a stereo clip's samples.</summary>
public enum AudioLayout
{
    /// <summary>Left and right samples alternate: shape [T, C].</summary>
    Interleaved,

    /// <summary>The left channel, then the right channel: shape [C, T], PyTorch's order.</summary>
    Planar,
}
