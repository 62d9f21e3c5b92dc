using System.Globalization;
using System.Text;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>A picture in the protocol of kitty: its pixels in pieces of Base64.</summary>
internal static class KittyPicture
{
    private const int Piece = 4096;

    /// <param name="picture">The picture.</param>
    /// <param name="columns">The number of columns that it fills.</param>
    /// <param name="rows">The number of lines that it fills.</param>
    public static string Of(DecodedPicture picture, int columns, int rows)
    {
        string data = Convert.ToBase64String(picture.Rgba);
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += Piece)
        {
            int more = at + Piece < data.Length ? 1 : 0;

            // Quiet: no answer, which would arrive as if typed.
            string head = at == 0
                ? string.Create(CultureInfo.InvariantCulture, $"a=T,f=32,q=2,s={picture.Width},v={picture.Height},c={columns},r={rows},m={more}")
                : string.Create(CultureInfo.InvariantCulture, $"m={more}");
            text.Append("\e_G").Append(head).Append(';').Append(data.AsSpan(at, Math.Min(Piece, data.Length - at))).Append("\e\\");
        }

        return text.ToString();
    }
}
