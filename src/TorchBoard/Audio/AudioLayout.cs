namespace TorchBoard.Audio;

/// <summary>The order of a stereo clip's samples.</summary>
public enum AudioLayout
{
    /// <summary>Left and right of the first moment, left and right of the second, and so on: shape [T, C].</summary>
    Interleaved,

    /// <summary>All of the left channel, then all of the right: shape [C, T], PyTorch's order.</summary>
    Planar,
}
