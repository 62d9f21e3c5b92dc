using System.Globalization;
using System.Text;
using TorchBoard.Drawing;
using TorchBoard.Figures;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;

namespace TorchBoard.Panels;

/// <summary>Draws and writes the contributions of the tokens of a text as colored text.</summary>
/// <remarks>
/// <para>
/// An attribution has one value per token, [T], or is summed for each token, [T, E]: that of embeddings.
/// <see cref="TextAttribution"/> explains the words of a text without gradients.
/// </para>
/// <para>
/// Tokens are shown as they are; a line feed starts a new line. The full color is the largest magnitude, or
/// <see cref="AttributionPictureOptions.ScaleEnd"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// TextAttribution words = TextAttribution.Explain(predict, "The film was not bad.");
/// writer.AddImage("words", TokenPicture.Draw(words), step);
/// writer.AddText("words/text", TokenPicture.ToMarkdown(words), step);
/// </code>
/// </example>
public static class TokenPicture
{
    private const int Width = 640;

    /// <summary>More lines would be too high for a picture; the rest is told in the last line.</summary>
    private const int MostLines = 300;

    private const double Strong = 1 / 2.0;
    private const double Weak = 1 / 8.0;

    /// <summary>Draws the words of an explained text on their colors.</summary>
    /// <param name="text">The explanation.</param>
    /// <param name="options">Method, class, score and scale, for the title; none by default.</param>
    /// <returns>A picture, 640 pixels wide.</returns>
    /// <exception cref="ArgumentNullException">The explanation is null.</exception>
    public static Picture Draw(TextAttribution text, AttributionPictureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Draw(text.Tokens, text.Attribution, options);
    }

    /// <summary>
    /// Draws the tokens as lines of text on their colors: green raises the score, red lowers it. A line below tells the
    /// magnitude of the full color.
    /// </summary>
    /// <param name="tokens">The tokens; at least one. Text may be in any script.</param>
    /// <param name="attribution">Their attributions: shape [tokens] or [tokens, E].</param>
    /// <param name="options">Method, class, score and scale, for the title; none by default.</param>
    /// <returns>A picture, 640 pixels wide. After 300 lines, the number of tokens that are left is written.</returns>
    /// <exception cref="ArgumentException">
    /// There are no tokens, one is null, or the attribution has another number of them.
    /// </exception>
    public static Picture Draw(
        IReadOnlyList<string> tokens, Attribution attribution, AttributionPictureOptions? options = null)
    {
        options ??= AttributionPictureOptions.Default;
        double[] values = ValuesOf(tokens, attribution);
        double end = options.ScaleEnd ?? values.Max(Math.Abs);
        PanelTheme theme = PanelTheme.Of(Width);
        TextStyle style = theme.Text with { Size = 1.2 * theme.Text.Size };
        int lineHeight = (int)Math.Ceiling(1.5 * style.LineHeight);
        (List<Placed> placed, int lines, int left) = Lines(tokens, style, theme);

        string title = AttributionPicture.Title(attribution, options);
        int top = theme.Padding + (title.Length > 0 ? (int)Math.Ceiling(theme.Title.LineHeight) + theme.Gap : 0);
        int below = top + (lines * lineHeight) + theme.Gap;
        int height = below + (int)Math.Ceiling(theme.Text.LineHeight) + theme.Padding;
        var canvas = new Canvas(Width, height, Theme.Background);
        double room = Width - (2 * theme.Padding);
        theme.Title.Draw(
            canvas, theme.Title.Shorten(title, room), new(theme.Padding, theme.Padding), TextAnchor.Start, TextAnchor.End);
        foreach (Placed token in placed)
        {
            Color color = ColorMap.RedWhiteGreen.Of(end > 0 ? (float)(values[token.Index] / end) : 0);
            int y = top + (token.Line * lineHeight);
            var box = new PixelBox(
                (int)Math.Round(token.Left), y + theme.Hair, (int)Math.Round(token.Left + token.Width),
                y + lineHeight - theme.Hair);
            canvas.Fill(box, color);
            (style with { Color = color.IsLight ? Theme.Ink : Theme.Background }).Draw(
                canvas, token.Text, new((box.Left + box.Right) / 2.0, (box.Top + box.Bottom) / 2.0), TextAnchor.Middle,
                TextAnchor.Middle);
        }

        string scale = $"full color: ±{AttributionPicture.Number(end)}{Unit(attribution, options)}";
        if (left > 0)
            scale = string.Create(CultureInfo.InvariantCulture, $"{left} more tokens · ") + scale;
        theme.Text.Draw(
            canvas, theme.Text.Shorten(scale, room), new(theme.Padding, below + theme.Gap), TextAnchor.Start,
            TextAnchor.End);
        return new Picture(canvas.Raster);
    }

    /// <summary>Returns the words of an explained text as Markdown for the Text dashboard.</summary>
    /// <param name="text">The explanation.</param>
    /// <returns>A paragraph with the words, and one that explains the marks.</returns>
    /// <exception cref="ArgumentNullException">The explanation is null.</exception>
    public static string ToMarkdown(TextAttribution text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ToMarkdown(text.Tokens, text.Attribution);
    }

    /// <summary>
    /// Returns the tokens as Markdown for the Text dashboard: 🟩 before tokens that raise the score, 🟥 before those that
    /// lower it, bold from half of the largest magnitude on, unmarked below an eighth. The dashboard shows neither text
    /// colors nor embedded pictures.
    /// </summary>
    /// <param name="tokens">The tokens; at least one.</param>
    /// <param name="attribution">Their attributions: shape [tokens] or [tokens, E].</param>
    /// <returns>A paragraph with the tokens, and one that explains the marks.</returns>
    /// <exception cref="ArgumentException">
    /// There are no tokens, one is null, or the attribution has another number of them.
    /// </exception>
    public static string ToMarkdown(IReadOnlyList<string> tokens, Attribution attribution)
    {
        double[] values = ValuesOf(tokens, attribution);
        double largest = values.Max(Math.Abs);
        var text = new StringBuilder();
        for (int i = 0; i < values.Length; i++)
        {
            if (tokens[i] == "\n")
            {
                text.Append("\n\n");
                continue;
            }

            double share = largest > 0 ? Math.Abs(values[i]) / largest : 0;
            bool isBlank = string.IsNullOrWhiteSpace(tokens[i]);
            if (share >= Weak)
                text.Append(values[i] > 0 ? "🟩" : "🟥");
            if (share >= Strong && !isBlank)
                text.Append("**");
            AppendLiteral(text, tokens[i].Trim());
            if (share >= Strong && !isBlank)
                text.Append("**");
            text.Append(' ');
        }

        text.Append(largest > 0
            ? $"\n\n🟩 raises the score, 🟥 lowers it; bold: at least half of the largest contribution, "
              + $"{AttributionPicture.Number(largest)}.\n"
            : $"\n\nThe contributions are {AttributionPicture.AllZero}.\n");
        return text.ToString();
    }

    private sealed record Placed(int Index, string Text, int Line, double Left, double Width);

    /// <summary>Places tokens on lines; a token that is wider than a line is shortened.</summary>
    private static (List<Placed> Placed, int Lines, int Left) Lines(
        IReadOnlyList<string> tokens, TextStyle style, PanelTheme theme)
    {
        List<Placed> placed = [];
        (int line, double at) = (0, theme.Padding);
        double end = Width - theme.Padding;
        double inside = theme.Gap / 2.0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "\n")
            {
                (line, at) = (line + 1, theme.Padding);
            }
            else
            {
                string text = string.Concat(tokens[i].Select(c => char.IsControl(c) ? ' ' : c));
                text = style.Shorten(text, end - theme.Padding - (2 * inside));
                double width = style.WidthOf(text) + (2 * inside);
                if (at + width > end && at > theme.Padding)
                    (line, at) = (line + 1, theme.Padding);
                if (line < MostLines)
                    placed.Add(new Placed(i, text, line, at, width));
                at += width + theme.Hair;
            }

            if (line >= MostLines)
                return (placed, MostLines, tokens.Count - i);
        }

        return (placed, line + 1, 0);
    }

    private static double[] ValuesOf(IReadOnlyList<string> tokens, Attribution attribution)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(attribution);
        if (tokens.Count == 0)
            throw new ArgumentException("At least one token is required.", nameof(tokens));
        if (tokens.Contains(null!))
            throw new ArgumentException("Tokens must not contain null.", nameof(tokens));
        if (attribution.Shape.Length > 2 || attribution.Shape[0] != tokens.Count)
        {
            throw new ArgumentException(
                $"The shape of the attribution must be [{tokens.Count}] or [{tokens.Count}, E] for {tokens.Count} tokens; "
                + $"was [{string.Join(", ", attribution.Shape.ToArray())}].",
                nameof(attribution));
        }

        int size = attribution.Values.Length / tokens.Count;
        return [.. attribution.Values.ToArray().Chunk(size).Select(token => token.Sum())];
    }

    private static string Unit(Attribution attribution, AttributionPictureOptions options) =>
        options.ScaleLabel is { } label ? " " + label : attribution.IsInUnitsOfScore ? " of the score" : "";

    /// <summary>Appends text without any meaning in Markdown or HTML: ASCII punctuation as entities.</summary>
    private static void AppendLiteral(StringBuilder text, string token)
    {
        foreach (char c in token)
        {
            if (char.IsAsciiLetter(c) || (!char.IsAscii(c) && !char.IsControl(c)))
                text.Append(c);
            else if (char.IsControl(c) || c == ' ')
                text.Append(' ');
            else
                text.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
        }
    }
}
