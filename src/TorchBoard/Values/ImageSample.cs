namespace TorchBoard;

/// <summary>One encoded picture of a step.</summary>
/// <param name="Width">The width in pixels, as the event says.</param>
/// <param name="Height">The height in pixels, as the event says.</param>
/// <param name="Format">
/// What its first bytes say: <c>png</c>, <c>apng</c>, <c>jpeg</c>, <c>gif</c>, <c>bmp</c>, <c>webp</c>, <c>tiff</c>,
/// <c>svg</c>, or <c>bin</c> where they say nothing known. Apart from <c>apng</c>, it serves as a file's extension.
/// </param>
/// <param name="Encoded">The encoded picture.</param>
public sealed record ImageSample(int Width, int Height, string Format, ReadOnlyMemory<byte> Encoded);
