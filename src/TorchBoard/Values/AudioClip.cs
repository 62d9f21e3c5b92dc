namespace TorchBoard;

/// <summary>An audio clip of a step.</summary>
/// <param name="SampleRate">Samples per second; 0 if neither the event nor the clip states it.</param>
/// <param name="Channels">1 for mono, 2 for stereo; 0 if neither the event nor the clip states it.</param>
/// <param name="ContentType">The MIME type, usually <c>audio/wav</c>.</param>
/// <param name="Label">The label, in Markdown; empty if there is none.</param>
/// <param name="Encoded">The encoded clip, usually a whole WAV file.</param>
public sealed record AudioClip(
    double SampleRate, int Channels, string ContentType, string Label, ReadOnlyMemory<byte> Encoded);
