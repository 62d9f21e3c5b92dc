namespace TorchBoard;

/// <summary>One sound clip of a step.</summary>
/// <param name="SampleRate">Samples a second; 0 where neither the event nor the clip says.</param>
/// <param name="Channels">1 for mono, 2 for stereo; 0 where neither the event nor the clip says.</param>
/// <param name="ContentType">The MIME type, usually <c>audio/wav</c>.</param>
/// <param name="Label">What was written beside it, in markdown; empty where there is none.</param>
/// <param name="Encoded">The encoded clip, usually a whole WAV file.</param>
public sealed record AudioClip(
    double SampleRate, int Channels, string ContentType, string Label, ReadOnlyMemory<byte> Encoded);
