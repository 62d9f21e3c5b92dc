namespace TorchBoard.Tests.Faults;

/// <summary>Tags and names that are malicious or careless.</summary>
internal sealed class NameTests
{
    private static readonly string[] Hostile =
    [
        "../outside", "../../outside", "..", ".", "/etc/outside", "/", "\\\\server\\share", "C:\\outside", "C:", "~",
        "~/outside", "CON", "nul", "com1.txt", "LPT9", "aux .x", "a/../../b", "a//b", "trailing.", "trailing ",
        " leading", "*?<>|\"", "\0", "line\nbreak", "\u001b[31mred\u001b[0m", "\u007f", "\u202Egnp.exe", "\u200B",
        "\uFEFF", "\uFFFF",
        "\U0001F600", "$(touch outside)",
        "%2e%2e%2foutside", "<script>alert(1)</script>", new('x', 10_000), new('\u00E4', 10_000),
        string.Concat(Enumerable.Repeat("a/", 5000)),
    ];

    private static readonly string[] NoText = ["\uD800", "a\uDC00b", "\uDC00\uD800"];

    [TestCaseSource(nameof(Hostile))]
    public void A_tag_is_written_unchanged_and_affects_nothing_outside_the_log_directory(string tag)
    {
        using var directory = new TestDirectory();
        string run = Path.Combine(directory, "run");
        bool isSeries, isSubRun;
        using (var writer = new SummaryWriter(run))
        {
            writer.AddScalar(tag, 1, 0);
            writer.AddText("text", tag, 0);
            isSeries = IsTaken(() => writer.AddScalars(tag, [("series", 2f)], 0));
            IsTaken(() => writer.AddScalars("tag", [(tag, 2f)], 0));
            IsTaken(() => writer.AddEmbedding(tag, [1f, 2f], 0, dimensions: 1));
            isSubRun = IsTaken(() =>
            {
                using SummaryWriter sub = writer.OpenSubRun(tag);
                sub.AddScalar("x", 3, 0);
            });
            writer.Flush();
            Assert.That(writer.DroppedEvents, Is.Zero);
        }

        RunLog log = RunLog.Open(run);
        ScalarSeries[][] series =
            [.. directory.EventFiles().Select(file => RunLog.Open(file).Scalars.Values.ToArray())];
        double[] firsts = [.. series.Select(all => all[0].Values[0])];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Scalars[tag].Values.ToArray(), Is.EqualTo([1.0]));
            Assert.That(log.Text["text"].Values[0].ToString(), Is.EqualTo(tag));
            Assert.That(Directory.GetFileSystemEntries(directory), Is.EqualTo([run]));
            Assert.That(series.Select(all => all.Length), Is.All.EqualTo(1), "no file without its value");
            Assert.That(firsts.Count(value => value == 2), isSeries ? Is.GreaterThanOrEqualTo(1) : Is.Not.Negative);
            Assert.That(firsts.Count(value => value == 3), Is.EqualTo(isSubRun ? 1 : 0));
        }
    }

    [TestCaseSource(nameof(NoText))]
    public void Half_a_character_is_rejected_with_its_position(string tag)
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            foreach (Action call in (Action[])
            [
                () => writer.AddScalar(tag, 1, 0),
                () => writer.AddHistogram(tag, [1f], 0),
                () => writer.AddText(tag, "text", 0),
                () => writer.AddText("text", tag, 0),
                () => writer.AddScalars(tag, [("a", 1f)], 0),
                () => writer.AddScalars("tag", [(tag, 1f)], 0),
                () => writer.AddEmbedding(tag, [1f], 0, dimensions: 1),
                () => writer.OpenSubRun(tag),
            ])
            {
                Assert.That(() => call(), Throws.ArgumentException.With.Message.Contains("lone surrogate U+D"));
            }
        }
    }

    [TestCase("CON", "CON_")]
    [TestCase("nul.txt", "nul_.txt")]
    [TestCase("com7 .a.b", "com7_ .a.b")]
    [TestCase("LPT0", "LPT0_")]
    [TestCase("CONSOLE", "CONSOLE")]
    [TestCase("com", "com")]
    [TestCase("com10", "com10")]
    public void Device_names_of_Windows_are_not_valid_directory_names(string name, string expected) =>
        Assert.That(TorchBoard.Storage.RunName.Sanitize(name), Is.EqualTo(expected));

    private static bool IsTaken(Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (ArgumentException e)
        {
            Assert.That(e.Message, Has.Length.InRange(20, 15_000));
            return false;
        }
    }
}
