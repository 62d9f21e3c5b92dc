namespace TorchBoard.Tool.Tests.Checking;

/// <summary>Tests of what check says about events, tags and steps.</summary>
internal sealed class EventCheckTests : CheckFixture
{
    private static readonly byte[] Latin1 = [(byte)'c', (byte)'a', (byte)'f', 0xE9];

    [Test]
    public void A_file_with_a_scalar_has_no_findings() =>
        Assert.That(Check(Value("loss", Scalar(1)), Value("loss", Scalar(2), 1)), Is.Empty);

    [Test]
    public void A_tag_that_is_not_UTF8_stops_stock_TensorBoard() => Assert.That(
        Check(Value(Latin1, Scalar(1))),
        Is.EqualTo((string[])["error: the tag is not valid UTF-8; stock TensorBoard stops reading every run"]));

    [Test]
    public void Every_other_text_that_is_not_UTF8_is_named_too()
    {
        (string What, byte[] Record)[] texts =
        [
            ("display name", Value("x", [.. Scalar(1), .. Field(9, Field(2, Latin1))])),
            ("description", Value("x", [.. Scalar(1), .. Field(9, Field(3, Latin1))])),
            ("plugin's name", Value("x", [.. Scalar(1), .. Field(9, Field(1, Field(1, Latin1)))])),
            ("writer's name", Event(0, Field(10, Field(1, Latin1)))),
            ("session's message", Event(0, Field(7, Field(3, Latin1)))),
            ("tag of execution statistics", Event(0, Field(8, Field(1, Latin1)))),
        ];
        foreach ((string what, byte[] record) in texts)
            Assert.That(Check(record), Has.Some.StartsWith($"error: the {what} is not valid UTF-8"), what);
    }

    [TestCase(0, "0")]
    [TestCase(6.39e17, "ticks of 100 ns")]
    [TestCase(1.79e12, "milliseconds")]
    [TestCase(1.79e15, "microseconds")]
    [TestCase(1.79e18, "nanoseconds")]
    [TestCase(6.39e10, "seconds since the year 1")]
    [TestCase(double.NaN, "not finite")]
    public void A_first_wall_time_that_is_no_time_in_seconds_is_an_error(double wallTime, string named) => Assert.That(
        CheckFile(Event(0, Field(3, "brain.Event:2"), wallTime), Value("x", Scalar(1))),
        Has.One.StartsWith("error: the first event's wall time").And.One.Contains(named));

    [TestCase(1.79e12, "error: the event's wall time")]
    [TestCase(0, "warning: the event's wall time")]
    [TestCase(-1, "warning: the event's wall time")]
    public void A_later_wall_time_is_checked_too(double wallTime, string finding) => Assert.That(
        Check(Event(0, Field(5, Field(1, [.. Field(1, "x"), .. Scalar(1)])), wallTime)), Has.One.StartsWith(finding));

    [TestCase("constructor")]
    [TestCase("__proto__/loss")]
    [TestCase("toString")]
    public void A_tag_that_blanks_the_page_is_an_error(string tag) =>
        Assert.That(Check(Value(tag, Scalar(1))), Has.One.Contains("page stays blank"));

    [TestCase("loss/constructor")]
    [TestCase("Constructor")]
    public void A_name_elsewhere_or_like_it_is_fine(string tag) => Assert.That(Check(Value(tag, Scalar(1))), Is.Empty);

    [Test]
    public void A_run_whose_curves_the_page_cannot_show_is_an_error()
    {
        Write("valueOf", Version, Value("x", Scalar(1)));
        Assert.That(CheckRuns(), Has.One.StartsWith("error: TensorBoard's page cannot show the curves of a run named"));
    }

    [Test]
    public void A_file_without_data_is_a_warning()
    {
        Write("zero");
        Write("version", Version);
        Assert.That(
            CheckRuns(), Is.EquivalentTo((string[])["warning: the file is empty", "warning: the file has no data"]));
    }

    [Test]
    public void A_step_that_repeats_is_a_warning() => Assert.That(
        Check(Value("x", Scalar(1), 5), Value("x", Scalar(2), 5)),
        Is.EqualTo((string[])["warning: a step is repeated; TensorBoard's fast reader keeps only its last value"]));

    [Test]
    public void A_step_that_repeats_after_a_restart_is_fine()
    {
        byte[] start = Event(5, Field(7, [8, 1]));
        Assert.That(Check(start, Value("x", Scalar(1), 5), start, Value("x", Scalar(2), 5)), Is.Empty);
    }

    [Test]
    public void A_tag_of_two_kinds_is_an_error()
    {
        byte[] histogram = Field(5, [.. Field(6, BitConverter.GetBytes(1.0)), .. Field(7, BitConverter.GetBytes(1.0))]);
        byte[] text = [.. Metadata("text", dataClass: 2), .. Strings("a"u8.ToArray())];
        foreach (byte[] second in (byte[][])[histogram, text])
        {
            Assert.That(
                Check(Value("x", Scalar(1)), Value("x", second, 1)),
                Has.Some.StartsWith("error: the tag has values of two kinds, 'scalars' and '"));
        }
    }

    [Test]
    public void A_legacy_scalar_and_a_tensor_of_the_same_tag_are_one_kind() => Assert.That(
        Check(
            Value("x", [.. Scalar(1), .. Metadata("scalars", dataClass: 1)]),
            Value("x", [.. Metadata("scalars", dataClass: 1), .. Tensor(1, null, [0x2D, 0, 0, 0, 0])], 1)),
        Is.Empty);

    // A double of 8 bytes, an int32 and an int64 as varints, a bool, a half as bits, and a float of rank 1.
    [TestCase(2, null, new byte[] { 0x31, 0, 0, 0, 0, 0, 0, 0, 0 }, "double")]
    [TestCase(3, null, new byte[] { 0x38, 1 }, "int32")]
    [TestCase(9, null, new byte[] { 0x50, 1 }, "int64")]
    [TestCase(10, null, new byte[] { 0x58, 1 }, "bool")]
    [TestCase(19, null, new byte[] { 0x68, 1 }, "half")]
    [TestCase(1, 1, new byte[] { 0x2D, 0, 0, 0, 0 }, "float [1]")]
    public void A_scalar_that_one_reader_drops_is_a_warning_whatever_its_type(
        byte type, int? length, byte[] values, string named)
    {
        string[] findings = Check(Value("x", [.. Metadata("scalars", dataClass: 1), .. Tensor(type, length, values)]));
        Assert.That(findings, Has.Length.EqualTo(1));
        Assert.That(findings[0], Does.StartWith("warning: TensorBoard's fast reader drops scalars").And.Contain(named));
    }

    [Test]
    public void A_scalar_of_text_is_an_error() => Assert.That(
        Check(Value("x", [.. Metadata("scalars", dataClass: 1), .. Tensor(7, null, Field(8, "1"))])),
        Has.One.StartsWith("error"));
}
