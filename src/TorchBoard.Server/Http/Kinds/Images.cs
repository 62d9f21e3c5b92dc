using Microsoft.AspNetCore.Http;

namespace TorchBoard.Server.Http.Kinds;

/// <summary>Pictures: <c>/api/images</c> lists them, <c>/api/image</c> is one.</summary>
internal static class Images
{
    public static ApiAnswer List(ApiRequest request) => ApiAnswer.Of(
        KindValues<Picture[]>.Of(
            request, TagKind.Image, series => series.ReadImages(), images => [.. images.Select(Describe)]),
        KindJson.Default.KindValuesPictureArray);

    public static ApiAnswer One(ApiRequest request)
    {
        ImageSample image = OneValue.ItemOf(
            request, OneValue.Of(request, TagKind.Image, (series, step) => series.ReadImages(step: step)));
        return new ApiAnswer(TypeOf(image.Format), image.Encoded);
    }

    private static Picture Describe(ImageSample image) => new(image.Width, image.Height, image.Format, image.Encoded.Length);

    // By the first bytes alone. SVG is a document with scripts, and browsers show no TIFF.
    private static string TypeOf(string format) => format switch
    {
        "png" or "apng" => "image/png",
        "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "bmp" => "image/bmp",
        "webp" => "image/webp",
        _ => throw new ApiException(
            StatusCodes.Status415UnsupportedMediaType,
            format == "bin"
                ? "The format of the picture is unknown."
                : $"Pictures of the format {format.ToUpperInvariant()} are not shown."),
    };

    /// <param name="Width">The width as the event states it, in pixels.</param>
    /// <param name="Height">The height as the event states it, in pixels.</param>
    /// <param name="Format">The format by the first bytes.</param>
    /// <param name="Bytes">The encoded length.</param>
    internal sealed record Picture(int Width, int Height, string Format, int Bytes);
}
