namespace TorchBoard.Tool.Output.Pictures;

/// <summary>Shows encoded pictures in a terminal, made smaller to fit.</summary>
internal sealed class PictureView(Terminal terminal, PictureProtocol protocol)
{
    /// <summary>The number of pictures shown of a step.</summary>
    private const int Most = 4;

    private const int LongestFile = 1 << 24;

    // Terminals do not say how large their characters are; these are usual.
    private const int CellWidth = 8;
    private const int CellHeight = 16;
    private const int SmallWidth = 200;

    // Room for what is above and below.
    private const int KeptLines = 4;

    private int Columns => Math.Max(1, terminal.ChartWidth - 2);

    private int Lines => terminal.IsInteractive ? Math.Max(4, terminal.Height - KeptLines) : 40;

    public void Write(IReadOnlyList<ImageSample> pictures)
    {
        if (protocol == PictureProtocol.None)
            return;
        foreach (ImageSample picture in pictures.Take(Most))
            Write(picture);
        if (pictures.Count > Most)
            terminal.WriteLine(terminal.Dim($"  {Shown.Count(pictures.Count - Most, "more picture")}"));
    }

    private void Write(ImageSample sample)
    {
        if (protocol == PictureProtocol.ITerm && sample is { Format: "png" or "apng" or "jpeg" or "gif" or "bmp", Encoded.Length: <= LongestFile })
        {
            int width = Math.Clamp(sample.Width, SmallWidth, Columns * CellWidth);
            terminal.WriteGraphics(ITermPicture.Of(sample.Encoded.Span, Math.Max(1, width / CellWidth)));
            return;
        }

        DecodedPicture? decoded = protocol == PictureProtocol.ITerm ? null : PngDecoder.Decode(sample.Encoded.Span);
        if (decoded is not { } picture)
        {
            terminal.WriteLine(
                $"  A {sample.Format} picture of {sample.Width}×{sample.Height} pixels, {Shown.Bytes(sample.Encoded.Length)}, which cannot be shown here: "
                + "'torchboard export DIR --format files --output OUT' writes it.");
            return;
        }

        if (protocol == PictureProtocol.Blocks)
        {
            foreach (string line in BlockPicture.Lines(picture.Fitting(Columns, 2 * Lines), terminal.UsesColor, terminal.HasManyColors))
                terminal.WriteLine(line);
            return;
        }

        DecodedPicture fitting = picture.Fitting(Columns * CellWidth, Lines * CellHeight);
        int room = Math.Min(Columns * CellWidth / fitting.Width, Lines * CellHeight / fitting.Height);
        DecodedPicture shown = fitting.Enlarged(Math.Clamp(SmallWidth / fitting.Width, 1, Math.Max(1, room)));
        terminal.WriteGraphics(protocol == PictureProtocol.Sixel
            ? SixelPicture.Of(shown)
            : KittyPicture.Of(fitting, (shown.Width + CellWidth - 1) / CellWidth, (shown.Height + CellHeight - 1) / CellHeight));
    }
}
