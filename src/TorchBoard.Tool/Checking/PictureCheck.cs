using TorchBoard.Imaging;

namespace TorchBoard.Tool.Checking;

/// <summary>Checks that browsers can show the pictures of an event.</summary>
internal static class PictureCheck
{
    public static void Check(IReadOnlyList<ImageSample> pictures, Place at)
    {
        if (pictures.Count == 0)
            at.Warning("there is no picture at the step");
        foreach (ImageSample picture in pictures)
            Check(picture, at);
    }

    private static void Check(ImageSample picture, Place at)
    {
        ReadOnlySpan<byte> encoded = picture.Encoded.Span;
        if (encoded.IsEmpty)
        {
            at.Error("the picture is empty");
        }
        else if (picture.Format is "webp")
        {
            at.Warning(
                "the picture is in the format webp, whose type TensorBoard does not know; not every browser shows it");
        }
        else if (picture.Format is "tiff" or "svg" or "bin")
        {
            string format = picture.Format == "bin" ? "an unknown format" : $"the format {picture.Format}";
            at.Error($"the picture is in {format}; TensorBoard shows PNG, JPEG, GIF and BMP");
        }
        else if (SizeOf(encoded) is not { } actual)
        {
            at.Error($"the picture's header is damaged or incomplete (format {picture.Format})");
        }
        else
        {
            if (IsCut(picture.Format, encoded))
                at.Warning($"the picture is not complete (format {picture.Format}); its end is missing");
            bool claimsSize = picture.Width != 0 || picture.Height != 0;
            if (claimsSize && (actual.Width != picture.Width || actual.Height != picture.Height))
            {
                at.Warning(
                    $"the picture has {actual.Width}×{actual.Height} pixels, but {picture.Width}×{picture.Height} "
                    + "are claimed");
            }
        }
    }

    private static EncodedImage? SizeOf(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return EncodedImage.Read(encoded);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Bytes may follow the end of a picture.
    private static bool IsCut(string format, ReadOnlySpan<byte> encoded) => format switch
    {
        "png" or "apng" => encoded.LastIndexOf("IEND"u8) < 0,
        "jpeg" => encoded.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0,
        "gif" => encoded.LastIndexOf((byte)0x3B) < 10,
        _ => false,
    };
}
