using System.Globalization;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>A file in the protocol of iTerm2, which decodes PNG, JPEG, GIF and others itself.</summary>
internal static class ITermPicture
{
    public static string Of(ReadOnlySpan<byte> file, int columns) => string.Create(
        CultureInfo.InvariantCulture,
        $"\e]1337;File=inline=1;size={file.Length};width={columns};preserveAspectRatio=1:{Convert.ToBase64String(file)}\a");
}
