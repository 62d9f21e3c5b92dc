namespace TorchBoard;

/// <summary>An encoded picture of a step.</summary>
/// <param name="Width">The width in pixels, as stated in the event.</param>
/// <param name="Height">The height in pixels, as stated in the event.</param>
/// <param name="Format">
/// The format according to the first bytes: <c>png</c>, <c>apng</c>, <c>jpeg</c>, <c>gif</c>, <c>bmp</c>, <c>webp</c>,
/// <c>tiff</c>, <c>svg</c>, or <c>bin</c> if it is unknown. Except for <c>apng</c>, it is usable as a file extension.
/// </param>
/// <param name="Encoded">The encoded picture.</param>
public sealed record ImageSample(int Width, int Height, string Format, ReadOnlyMemory<byte> Encoded);
