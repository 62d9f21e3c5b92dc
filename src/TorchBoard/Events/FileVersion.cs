namespace TorchBoard.Events;

/// <summary>The version of the format, which the first event of each file holds.</summary>
/// <remarks>The command line compiles this file too.</remarks>
internal static class FileVersion
{
    public const string Text = "brain.Event:2";

    public static ReadOnlySpan<byte> Utf8 => "brain.Event:2"u8;
}
