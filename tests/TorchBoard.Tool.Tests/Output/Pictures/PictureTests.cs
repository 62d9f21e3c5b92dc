using System.Globalization;
using System.Text.RegularExpressions;
using TorchBoard.Imaging;
using TorchBoard.Tool.Output;
using TorchBoard.Tool.Output.Pictures;

namespace TorchBoard.Tool.Tests.Output.Pictures;

/// <summary>Pictures in terminals: what is written is decoded again and compared with the source.</summary>
internal sealed partial class PictureTests : RunsFixture
{
    private const int Width = 13;
    private const int Height = 9;

    [Test]
    public void Half_blocks_have_the_color_of_each_pixel()
    {
        byte[] pixels = WritePicture(Width, Height);
        string[] lines = [.. Show("blocks").Split('\n').Where(line => line.Contains('▀'))];
        Assert.That(lines, Has.Length.EqualTo((Height + 1) / 2));
        for (int y = 0; y < Height; y++)
        {
            var row = new List<int[]>();
            (int[] upper, int[] lower) = ([], []);
            foreach (Match part in Block().Matches(lines[y / 2]))
            {
                if (part.Groups[1].Success)
                    (upper, lower) = (Numbers(part.Groups[1].Value), Numbers(part.Groups[2].Value));
                row.Add(y % 2 == 0 ? upper : lower);
            }

            Assert.That(row.SelectMany(color => color), Is.EqualTo(pixels[(y * Width * 3)..((y + 1) * Width * 3)]), $"row {y}");
        }
    }

    [Test]
    public void Kitty_gets_the_pixels_in_pieces_and_is_asked_for_no_answer()
    {
        byte[] pixels = WritePicture(60, 40);
        string text = Show("kitty");
        Assert.That(text, Does.Contain("\e_Ga=T,f=32,q=2,s=60,v=40,c=23,r=8,m=1;"));
        MatchCollection pieces = KittyPiece().Matches(text);
        Assert.That(pieces.Select(piece => piece.Groups[2].Length), Is.All.LessThanOrEqualTo(4096));
        Assert.That(pieces.Select(piece => piece.Groups[1].Value), Is.EqualTo(new[] { "1", "1", "1", "0" }));
        byte[] rgba = Convert.FromBase64String(string.Concat(pieces.Select(piece => piece.Groups[2].Value)));
        Assert.That(rgba.Where((_, i) => i % 4 < 3), Is.EqualTo(pixels));
        Assert.That(rgba.Where((_, i) => i % 4 == 3), Is.All.EqualTo((byte)255));
    }

    [Test]
    public void Sixels_have_the_color_of_each_pixel_as_far_as_they_can()
    {
        byte[] pixels = WritePicture(Width, Height);
        byte[] shown = DecodedSixels(Show("sixel"), out int width, out int height);
        int times = width / Width;
        Assert.That((width, height), Is.EqualTo((Width * 15, Height * 15)), "a small picture is enlarged");
        for (int i = 0; i < pixels.Length; i++)
        {
            (int x, int y, int channel) = (i / 3 % Width, i / 3 / Width, i % 3);
            Assert.That(shown[(((y * times * width) + (x * times)) * 3) + channel], Is.EqualTo(pixels[i]).Within(2));
        }
    }

    [Test]
    public void A_picture_of_many_colors_has_fewer_in_sixels()
    {
        byte[] pixels = WritePicture(250, 40);
        byte[] shown = DecodedSixels(Show("sixel"), out int width, out int height);
        Assert.That((width, height), Is.EqualTo((250, 40)));
        Assert.That(shown.Zip(pixels, (a, b) => Math.Abs(a - b)).Max(), Is.LessThanOrEqualTo(28));
    }

    [Test]
    public void ITerm_gets_the_file()
    {
        WritePicture(Width, Height);
        byte[] file = RunLog.Open(Runs).Images["picture"].Values[0][0].Encoded.ToArray();
        Assert.That(Show("iterm"), Does.Contain($"\e]1337;File=inline=1;size={file.Length};width=25;preserveAspectRatio=1:{Convert.ToBase64String(file)}\a"));
    }

    [Test]
    public void A_large_picture_is_made_smaller_to_fit()
    {
        WritePicture(1000, 500);
        string[] lines = [.. Show("blocks").Split('\n').Where(line => line.Contains('▀'))];
        Assert.That(lines[0].Count(c => c == '▀'), Is.LessThanOrEqualTo(80));
        Assert.That(lines, Has.Length.LessThanOrEqualTo(24));
    }

    [Test]
    public void No_escape_sequence_goes_to_a_pipe()
    {
        WritePicture(Width, Height);
        foreach (string protocol in (string[])["auto", "blocks", "none"])
            Assert.That(ToolRun.Of("show", Runs, "picture", "--pictures", protocol).Output, Does.Not.Contain('\e'), protocol);
        Assert.That(ToolRun.Of("show", Runs, "picture", "--pictures", "blocks").Output, Does.Contain('▒'));
        foreach (string protocol in (string[])["kitty", "iterm", "sixel"])
        {
            ToolRun run = ToolRun.Of("show", Runs, "picture", "--pictures", protocol);
            Assert.That(run.ExitCode, Is.EqualTo(2), protocol);
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Error, Does.Contain($"--pictures {protocol} needs a terminal"));
        }
    }

    [Test]
    public void A_picture_that_cannot_be_decoded_is_named_with_its_size()
    {
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0, 30, 0, 40, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9];
        using (var writer = new SummaryWriter(Runs))
            writer.AddEncodedImage("picture", jpeg, 0);
        Assert.That(Show("kitty"), Does.Contain("A jpeg picture of 40×30 pixels, 23 B, which cannot be shown here: 'torchboard export"));
    }

    [TestCase("xterm-256color", null, null, "Blocks")]
    [TestCase("xterm-kitty", null, null, "Kitty")]
    [TestCase("xterm-256color", "iTerm.app", null, "ITerm")]
    [TestCase("foot", null, null, "Sixel")]
    [TestCase("xterm-kitty", null, "/tmp/tmux-0", "Blocks")]
    [TestCase("tmux-256color", "iTerm.app", null, "Blocks")]
    public void The_environment_says_what_the_terminal_can(string term, string? program, string? tmux, string expected)
    {
        string? Value(string name) => name switch { "TERM" => term, "TERM_PROGRAM" => program, "TMUX" => tmux, _ => null };
        Assert.That(PictureProtocols.OfTerminal(Value).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_damaged_or_huge_file_is_not_decoded()
    {
        WritePicture(Width, Height);
        byte[] file = RunLog.Open(Runs).Images["picture"].Values[0][0].Encoded.ToArray();
        Assert.That(PngDecoder.Decode(file)!.Width, Is.EqualTo(Width));
        for (int length = 0; length < file.Length - 12; length++)
            Assert.That(PngDecoder.Decode(file.AsSpan(0, length)), Is.Null, $"{length} bytes");
        for (int at = 16; at < 24; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] = 0xFF;
            Assert.That(PngDecoder.Decode(damaged), Is.Null, $"byte {at}");
        }
    }

    private byte[] WritePicture(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(1).NextBytes(pixels);
        using var writer = new SummaryWriter(Runs);
        writer.AddImage("picture", pixels, 0, ImageLayout.Hwc, [height, width, 3]);
        return pixels;
    }

    private string Show(string protocol)
    {
        ToolRun run = ToolRun.In(
            (output, error) => new Terminal(output, error)
            {
                IsInteractive = true,
                UsesColor = true,
                HasManyColors = true,
                Width = 80,
                Height = 24,
            },
            "show", Runs, "picture", "--pictures", protocol);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Output;
    }

    private static int[] Numbers(string text) => text.Length == 0
        ? []
        : [.. text.Split(';').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Draws what a terminal would.</summary>
    private static byte[] DecodedSixels(string text, out int width, out int height)
    {
        Match picture = Sixels().Match(text);
        width = int.Parse(picture.Groups[1].Value, CultureInfo.InvariantCulture);
        height = int.Parse(picture.Groups[2].Value, CultureInfo.InvariantCulture);
        byte[] pixels = new byte[width * height * 3];
        var palette = new Dictionary<int, int[]>();
        (int x, int top, int color) = (0, 0, 0);
        foreach (Match part in SixelPart().Matches(picture.Groups[3].Value))
        {
            string token = part.Value;
            if (token[0] == '#')
            {
                int[] numbers = Numbers(token[1..]);
                color = numbers[0];
                if (numbers.Length > 1)
                    palette[color] = numbers[2..];
            }
            else if (token == "$")
            {
                x = 0;
            }
            else if (token == "-")
            {
                (x, top) = (0, top + 6);
            }
            else
            {
                int times = token[0] == '!' ? int.Parse(token[1..^1], CultureInfo.InvariantCulture) : 1;
                int mask = token[^1] - '?';
                for (int end = x + times; x < end; x++)
                {
                    for (int row = 0; row < 6; row++)
                    {
                        if ((mask & (1 << row)) == 0)
                            continue;
                        for (int channel = 0; channel < 3; channel++)
                            pixels[((((top + row) * width) + x) * 3) + channel] = (byte)Math.Round(palette[color][channel] * 2.55);
                    }
                }
            }
        }

        return pixels;
    }

    [GeneratedRegex(@"(?:\e\[38;2;([0-9;]+?);(?:49|48;2;([0-9;]+))m)?▀")]
    private static partial Regex Block();

    [GeneratedRegex(@"\e_G[^;]*m=([01]);([A-Za-z0-9+/=]*)\e\\")]
    private static partial Regex KittyPiece();

    [GeneratedRegex("\ePq\"1;1;([0-9]+);([0-9]+)([^\e]*)\e\\\\")]
    private static partial Regex Sixels();

    [GeneratedRegex(@"#[0-9;]+|![0-9]+.|[$\-?-~]")]
    private static partial Regex SixelPart();
}
