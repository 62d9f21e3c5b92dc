using System.Text;

namespace TorchBoard.Tool.Tests.Checking;

/// <summary>Tests of what check says about pictures, clips, texts, layouts, graphs and experiments.</summary>
internal sealed class ContentCheckTests : CheckFixture
{
    private byte[] _png = [];
    private byte[] _wav = [];

    [SetUp]
    public void Encode()
    {
        using (var writer = new SummaryWriter(At("source")))
        {
            writer.AddImage("picture", new byte[4 * 3], 0, Imaging.ImageLayout.Hw, [3, 4]);
            writer.AddAudio("clip", new float[100], 0, 8000);
        }

        RunLog run = RunLog.Open(At("source"));
        _png = run.Images["picture"][0].Value[0].Encoded.ToArray();
        _wav = run.Audio["clip"][0].Value[0].Encoded.ToArray();
    }

    [Test]
    public void A_picture_and_a_clip_have_no_findings() =>
        Assert.That(Check(Picture("4", "3", _png), Clip(_wav), Clip(_wav, step: 1)), Is.Empty);

    [Test]
    public void A_picture_that_browsers_do_not_show_is_an_error()
    {
        (string Named, byte[] Encoded)[] pictures =
        [
            ("the format svg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>")),
            ("the format tiff", [.. "II*\0"u8, .. new byte[60]]),
            ("the format tiff", [.. "MM\0*"u8, .. new byte[60]]),
            ("an unknown format", [1, 2, 3, 4]),
            ("is empty", []),
            ("header is damaged or incomplete", _png[..16]),
        ];
        foreach ((string named, byte[] encoded) in pictures)
            Assert.That(Check(Picture("4", "3", encoded)), Has.One.StartsWith("error: the picture").And.One.Contains(named));
    }

    [Test]
    public void A_legacy_picture_is_checked_too()
    {
        byte[] image = Field(4, [8, 3, 16, 4, .. Field(4, "II*\0")]);
        Assert.That(Check(Value("i", image)), Has.One.StartsWith("error: the picture is in the format tiff"));
    }

    [Test]
    public void A_picture_of_another_size_than_claimed_is_a_warning() => Assert.That(
        Check(Picture("8", "3", _png)),
        Is.EqualTo((string[])["warning: the picture has 4×3 pixels, but 8×3 are claimed"]));

    [Test]
    public void A_picture_whose_end_is_missing_is_a_warning() =>
        Assert.That(Check(Picture("4", "3", _png[..^12])), Has.One.StartsWith("warning: the picture is not complete"));

    [Test]
    public void A_picture_of_WebP_is_a_warning() => Assert.That(
        Check(Picture("4", "3", [.. "RIFF\0\0\0\0WEBPVP8 "u8, .. new byte[20]])),
        Has.One.StartsWith("warning: the picture is in the format webp"));

    [TestCase("a\"b")]
    [TestCase(@"a\b")]
    [TestCase("a\nb")]
    public void Pictures_of_a_tag_that_one_reader_does_not_serve_are_a_warning(string tag)
    {
        Assert.That(Check(Picture("4", "3", _png, tag)), Has.One.StartsWith("warning: the tag contains"));
        Assert.That(Check(Value(tag, Scalar(1))), Is.Empty, "only pictures, clips and graphs are files");
    }

    [Test]
    public void A_clip_that_is_no_WAV_is_an_error()
    {
        byte[] withoutFormat = [.. _wav];
        "junk"u8.CopyTo(withoutFormat.AsSpan(12));
        (string Named, byte[] Encoded)[] clips =
        [
            ("not a WAV file", [.. "ID3"u8, .. new byte[100]]),
            ("not a WAV file", _wav[..10]),
            ("incomplete header", _wav[..30]),
            ("incomplete header", withoutFormat),
            ("is empty", []),
        ];
        foreach ((string named, byte[] encoded) in clips)
            Assert.That(Check(Clip(encoded)), Has.One.StartsWith("error: the clip").And.One.Contains(named));
    }

    [Test]
    public void A_clip_whose_end_is_missing_is_a_warning() => Assert.That(
        Check(Clip(_wav[..^50])), Is.EqualTo((string[])["warning: the clip is a WAV file whose end is missing"]));

    [Test]
    public void Text_in_Latin1_is_an_error()
    {
        Assert.That(
            Check(Value("t", [.. Metadata("text", dataClass: 2), .. Strings([(byte)'c', 0xE9])])),
            Has.One.StartsWith("error: the text is not valid UTF-8"));
        Assert.That(Check(Value("t", [.. Metadata("text", dataClass: 2), .. Strings("é"u8.ToArray())])), Is.Empty);
    }

    [TestCase("loss(mean")]
    [TestCase("*")]
    [TestCase("[a")]
    [TestCase(@"\p{L}")]
    [TestCase("(?<name>a)")]
    public void A_chart_whose_pattern_Python_cannot_read_is_an_error(string pattern) =>
        Assert.That(Check(Chart(pattern)), Has.One.StartsWith($"error: '{pattern}' is not a regular expression of Python"));

    [TestCase(@"loss/.*")]
    [TestCase(@"(?P<a>x)(?P=a)")]
    [TestCase(@"(?<=a)b\d+$")]
    [TestCase(@"a++")]
    [TestCase(@"\(\?<")]
    public void A_chart_whose_pattern_Python_can_read_is_fine(string pattern) => Assert.That(Check(Chart(pattern)), Is.Empty);

    [Test]
    public void A_layout_that_cannot_be_parsed_or_has_no_charts_is_an_error()
    {
        Assert.That(Check(Layout([0xFF, 0xFF, 0xFF])), Has.One.StartsWith("error: the layout of custom scalars is malformed"));
        Assert.That(Check(Layout([])), Has.One.StartsWith("error: the layout has no charts"));
        Assert.That(
            Check(Value("custom_scalars__config__", [.. Metadata("custom_scalars", dataClass: 2), .. Strings()])),
            Has.One.StartsWith("error: the tensor has no string"));
    }

    [Test]
    public void A_graph_that_is_garbage_or_has_no_nodes_is_an_error()
    {
        byte[] garbage = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Assert.That(Check(Event(0, Field(4, garbage))), Has.One.StartsWith("error: the graph is malformed"));
        Assert.That(Check(Event(0, Field(4, []))), Has.One.StartsWith("error: the graph has no nodes"));
    }

    [Test]
    public void A_meta_graph_or_statistics_that_are_garbage_are_an_error()
    {
        Assert.That(Check(Event(0, Field(9, [0xFF, 1]))), Has.One.StartsWith("error: the meta graph is malformed"));
        Assert.That(
            Check(Event(0, Field(9, Field(2, [0xFF, 1])))), Has.One.StartsWith("error: the graph is malformed"));
        Assert.That(
            Check(Event(0, Field(8, [.. Field(1, "step"), .. Field(2, [0xFF, 1])]))),
            Has.One.StartsWith("error: the execution statistics are malformed"));
    }

    [TestCase("missing")]
    [TestCase("^missing")]
    [TestCase("missing:1")]
    public void A_graph_with_an_edge_from_nowhere_is_a_warning(string input) => Assert.That(
        Check(Graph(("a", []), ("b", [input]))),
        Has.One.StartsWith("warning: the graph has an edge from nowhere").And.One.EndsWith($"'{input}' of 'b'"));

    [Test]
    public void A_graph_with_edges_between_its_nodes_is_fine() =>
        Assert.That(Check(Graph(("a", []), ("b", ["a", "a:1", "^a"]))), Is.Empty);

    [Test]
    public void A_Keras_model_that_is_no_JSON_is_an_error()
    {
        Assert.That(Check(Model("{\"class_name\"")), Has.One.StartsWith("error: the Keras model is not valid JSON"));
        Assert.That(Check(Model("{}")), Is.Empty);
    }

    [Test]
    public void Experiments_with_other_columns_are_a_warning()
    {
        Write("a", Version, Experiment("lr"));
        Write("b", Version, Experiment("lr"));
        Assert.That(CheckRuns(), Is.Empty);
        Write("group/c", Version, Experiment("lr", "dropout"));
        string[] findings = CheckRuns();
        Assert.That(findings, Has.Length.EqualTo(1));
        Assert.That(findings[0], Does.StartWith("warning: the hparams experiment").And.Contain("'a'").And.EndWith(": 'dropout'"));
    }

    private static byte[] Picture(string width, string height, byte[] encoded, string tag = "i") => Value(
        tag,
        [
            .. Metadata("images", dataClass: 3),
            .. Strings(Encoding.UTF8.GetBytes(width), Encoding.UTF8.GetBytes(height), encoded),
        ]);

    private static byte[] Clip(byte[] encoded, long step = 0) =>
        Value("a", [.. Metadata("audio", [0x10, 11], 3), .. Strings(encoded)], step);

    private static byte[] Layout(byte[] layout) =>
        Value("custom_scalars__config__", [.. Metadata("custom_scalars", dataClass: 2), .. Strings(layout)]);

    private static byte[] Chart(string pattern) =>
        Layout(Field(2, [.. Field(1, "category"), .. Field(2, [.. Field(1, "chart"), .. Field(2, Field(1, pattern))])]));

    private static byte[] Graph(params (string Name, string[] Inputs)[] nodes) => Event(0, Field(4,
    [
        .. nodes.SelectMany(node => Field(
            1, [.. Field(1, node.Name), .. Field(2, "op"), .. node.Inputs.SelectMany(input => Field(3, input))])),
    ]));

    private static byte[] Model(string json) =>
        Value("keras", [.. Metadata("graph_keras_model"), .. Tensor(7, null, Field(8, json))]);

    private static byte[] Experiment(params string[] parameters) => Value(
        "_hparams_/experiment",
        Metadata("hparams", Field(2, [.. parameters.SelectMany(name => Field(4, Field(1, name)))])));
}
