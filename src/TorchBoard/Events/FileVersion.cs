namespace TorchBoard.Events;

/// <summary>The version of the file format, in the first event of each file.</summary>
/// <remarks>The tool compiles this file too.</remarks>
internal static class FileVersion
{
    public const string Text = "brain.Event:2";

    public static ReadOnlySpan<byte> Utf8 => "brain.Event:2"u8;
}
