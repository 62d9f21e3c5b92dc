using System.Text;
using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

internal sealed class RunNameTests
{
    [TestCase("loss", "train", "loss_train")]
    [TestCase("loss/epoch", "train", "loss_epoch_train")]
    [TestCase("loss", "../../etc", "loss_.._.._etc")]
    [TestCase("..", "..", "_._._")]
    [TestCase("C:\\x", "a|b", "C__x_a_b")]
    [TestCase("tag", "line\nbreak", "tag_line_break")]
    public void Names_that_lead_elsewhere_are_sanitized(string mainTag, string series, string expected) =>
        Assert.That(RunName.OfSeries(mainTag, series), Is.EqualTo(expected));

    [Test]
    public void A_name_too_long_for_file_systems_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => RunName.OfSeries(new string('ä', 127), "ä"));
        Assert.That(error.Message, Does.Contain("255").And.Contain("257"));
    }

    [Test]
    public void A_name_of_the_greatest_length_is_accepted() =>
        Assert.That(RunName.OfSeries(new string('ä', 126), "ä"), Is.EqualTo(new string('ä', 126) + "_ä"));

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file: reserved with any extension, in any case.
    [TestCase("CON", "CON_")]
    [TestCase("prn", "prn_")]
    [TestCase("Aux", "Aux_")]
    [TestCase("nul.txt", "nul_.txt")]
    [TestCase("nul.tar.gz", "nul_.tar.gz")]
    [TestCase("con .x", "con_ .x")]
    [TestCase("COM0", "COM0_")]
    [TestCase("COM9", "COM9_")]
    [TestCase("com5", "com5_")]
    [TestCase("LPT0", "LPT0_")]
    [TestCase("LPT9", "LPT9_")]
    [TestCase("lpt5.csv", "lpt5_.csv")]
    public void Names_of_devices_on_Windows_get_an_underscore(string name, string expected) =>
        Assert.That(RunName.Sanitize(name), Is.EqualTo(expected));

    [TestCase("COM")]
    [TestCase("COMA")]
    [TestCase("COM10")]
    [TestCase("LPT")]
    [TestCase("LPTX")]
    [TestCase("CONSOLE")]
    [TestCase("my.con")]
    [TestCase("a.b c-d_é")]
    public void Other_names_stay_as_they_are(string name) => Assert.That(RunName.Sanitize(name), Is.EqualTo(name));

    [Test]
    public void A_character_that_is_invalid_on_some_system_is_replaced()
    {
        foreach (char refused in "/\\:*?\"<>|\0\t\u001F\u007F\u0085")
            Assert.That(RunName.Sanitize($"a{refused}b"), Is.EqualTo("a_b"), $"U+{(int)refused:X4}");
    }

    [TestCase(" a.b ", "_a.b_")]
    [TestCase(".a b.", "_a b_")]
    public void A_dot_or_a_space_at_either_end_is_replaced(string name, string expected) =>
        Assert.That(RunName.Sanitize(name), Is.EqualTo(expected));

    [TestCase("validation")]
    [TestCase("a/b c/d.e")]
    public void Directory_names_separated_by_slashes_name_a_sub_run(string name) =>
        Assert.That(() => RunName.ThrowIfInvalid(name), Throws.Nothing);

    [TestCase("")]
    [TestCase("/a")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase("..")]
    [TestCase("a/../b")]
    [TestCase("C:\\x")]
    [TestCase("a/nul/b")]
    public void A_name_that_is_no_directory_below_the_run_is_rejected(string name) => Refusal.Of(
        "name", () => RunName.ThrowIfInvalid(name),
        $"'{name}'", "separated by '/'", "\\ : * ? \" < > |", "CON or NUL", "at most 255 bytes each");

    [Test]
    public void The_parts_of_a_sub_run_s_name_have_at_most_255_bytes()
    {
        string part = new string('ä', 127) + "x";
        Assert.That(() => RunName.ThrowIfInvalid($"{part}/{part}"), Throws.Nothing);
        Refusal.Of("name", () => RunName.ThrowIfInvalid($"{part}/{part}x"), "255 bytes");
    }

    [Test]
    public void A_sub_run_s_name_has_at_most_1024_bytes()
    {
        string longest = string.Join('/', Enumerable.Repeat(new string('ä', 64), 8))[..^4];
        longest += new string('x', 1024 - Encoding.UTF8.GetByteCount(longest));
        Assert.That(() => RunName.ThrowIfInvalid(longest), Throws.Nothing);
        Refusal.Of("name", () => RunName.ThrowIfInvalid(longest + "x"), "at most 1024 bytes", $"'{longest[..32]}…'", "has 1025");
    }

    // SummaryWriter of PyTorch: datetime.now().strftime("%b%d_%H-%M-%S") + "_" + socket.gethostname() + comment.
    [Test]
    public void A_new_run_is_named_as_by_PyTorch() => Assert.That(
        RunName.OfNewRun(new DateTimeOffset(2023, 11, 1, 9, 4, 59, TimeSpan.FromHours(5)), "my/host", "-lr=0.1"),
        Is.EqualTo("Nov01_09-04-59_my_host-lr=0.1"));
}
