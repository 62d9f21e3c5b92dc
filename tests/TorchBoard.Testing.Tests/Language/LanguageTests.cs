namespace TorchBoard.Testing.Tests.Language;

internal sealed class LanguageTests
{
    [Test]
    public void A_line_selects_curves_and_lists_checks()
    {
        Expectations line = Expectations.Parse("loss/train: decreases, ends < 0.1, no-nan");
        Assert.That(line.TagPattern, Is.EqualTo("loss/train"));
        Assert.That(line.RunPattern, Is.Null);
        Assert.That(line.Select(check => check.ToString()), Is.EqualTo(new[] { "decreases", "ends < 0.1", "no-nan" }));
    }

    [TestCase("decreases")]
    [TestCase("decreases at 0.001")]
    [TestCase("increases")]
    [TestCase("ends < 0.1")]
    [TestCase("ends > -1E-05 over 10")]
    [TestCase("stays < 5 from 100")]
    [TestCase("stays > 5 from 100 until 200")]
    [TestCase("stays between 0 and 1")]
    [TestCase("reaches < 0.2 by 1000")]
    [TestCase("reaches > 0.9")]
    [TestCase("no-nan")]
    [TestCase("no-infinity")]
    [TestCase("no-spikes")]
    [TestCase("no-spikes above 12")]
    [TestCase("no-plateau")]
    [TestCase("no-plateau over 100 under 2.5%")]
    [TestCase("no-divergence")]
    [TestCase("steps-increase")]
    [TestCase("steps-complete every 10")]
    [TestCase("steps-complete every 1 from -5 to 9")]
    [TestCase("within 5% of baseline")]
    [TestCase("within 0.01 of baseline until 500")]
    [TestCase("between percentiles 5 and 95 of baseline except 10%")]
    [TestCase("within 5% of baseline allow-missing from 10")]
    [TestCase("between percentiles 5 and 95 of baseline except 10% allow-missing")]
    [TestCase("smoothed 0.6 ends < 0.1")]
    [TestCase("smoothed 0.9 within 5% of baseline from 100")]
    public void A_check_reads_back_as_it_was_written(string check) =>
        Assert.That(Expectations.Parse("x:" + check)[0].ToString(), Is.EqualTo(check));

    [TestCase("loss:no-nan", null, "loss")]
    [TestCase("  loss train  :  no-nan", null, "loss train")]
    [TestCase("\"loss:0\": no-nan", null, "loss:0")]
    [TestCase("\"say \\\"x\\\"\" : no-nan", null, "say \"x\"")]
    [TestCase("[digits/*] loss, a: no-nan # why", "digits/*", "loss, a")]
    [TestCase("[\"a]b\"] \"[x]\": no-nan", "a]b", "[x]")]
    [TestCase("a#b: no-nan", null, "a#b")]
    public void Runs_and_tags_may_be_quoted(string text, string? run, string tag)
    {
        Expectations line = Expectations.Parse(text);
        Assert.That((line.RunPattern, line.TagPattern, line.Count), Is.EqualTo((run, tag, 1)));
    }

    [TestCase("loss/*", "loss/train", true)]
    [TestCase("loss/*", "loss/", true)]
    [TestCase("loss/*", "accuracy", false)]
    [TestCase("*/train", "a/b/train", true)]
    [TestCase("*a*b", "xaxbxb", true)]
    [TestCase("*a*b", "xaxbx", false)]
    [TestCase("Loss", "loss", false)]
    public void A_star_matches_any_characters(string pattern, string tag, bool matches) =>
        Assert.That(Expectations.Parse(pattern + ": no-nan").Matches("run", tag), Is.EqualTo(matches));

    [Test]
    public void A_run_pattern_selects_runs()
    {
        Expectations line = Expectations.Parse("[digits*] loss: no-nan");
        Assert.That((line.Matches("digits-2", "loss"), line.Matches("other", "loss")), Is.EqualTo((true, false)));
    }

    [Test]
    public void A_text_has_one_line_per_pattern_and_comments()
    {
        IReadOnlyList<Expectations> lines = Expectations.ParseLines(
            "# losses\n\nloss: no-nan\r\n   # more\naccuracy: ends > 0.9  # at least\n");
        Assert.That(
            lines.Select(line => (line.Line, line.TagPattern)), Is.EqualTo(new[] { (3, "loss"), (5, "accuracy") }));
    }

    [TestCase("", 1, "expected ':' after a tag")]
    [TestCase("loss", 5, "expected ':' after a tag")]
    [TestCase(": no-nan", 1, "expected a tag before ':'")]
    [TestCase("[run loss: no-nan", 18, "expected ']' after a run")]
    [TestCase("\"loss: no-nan", 1, "the quote that opens here is never closed")]
    [TestCase("loss: falls", 7, "'falls' is not a check; expected decreases, increases, ends, stays, reaches, ")]
    [TestCase("loss: ends <= 1", 13, "expected a number, such as 0.1; found '='")]
    [TestCase("loss: ends below 1", 12, "expected '<' or '>'; found 'below'")]
    [TestCase("loss: stays 1", 13, "expected '<' or '>', or 'between'; found '1'")]
    [TestCase("loss: ends < NaN", 14, "expected a number, such as 0.1; found 'NaN'")]
    [TestCase("loss: ends <", 13, "expected a number, such as 0.1; the line ends here")]
    [TestCase("loss: ends < 0,1", 16, "'1' is not a check")]
    [TestCase("loss: ends < 1 over 0", 21, "expected a whole number of at least 1; found '0'")]
    [TestCase("loss: ends < 1 by 5", 16, "expected ',' or the end of the line; found 'by'")]
    [TestCase("loss: stays between 2 and 1", 27, "the upper limit, 1, is below the lower one, 2")]
    [TestCase("loss: within five of baseline", 14, "expected a tolerance, such as 5% or 0.01; found 'five'")]
    [TestCase("loss: within 5%", 16, "expected 'of'; the line ends here")]
    [TestCase("loss: smoothed 2 ends < 1", 16, "expected a number from 0 to 1; found '2'")]
    [TestCase("loss: decreases at 0.9", 20, "expected a number greater than 0 and at most 0.5; found '0.9'")]
    [TestCase("loss: decreases,", 17, "expected a check: decreases")]
    [TestCase("loss: reaches < 1 by 1.5", 22, "expected a step, a whole number; found '1.5'")]
    [TestCase("loss: steps-complete from 9 to 1", 29, "the last step, 1, comes before the first, 9")]
    public void An_error_points_to_its_column(string text, int column, string problem)
    {
        var error = Assert.Throws<ExpectationSyntaxException>(() => Expectations.Parse(text));
        Assert.That(error!.Problem, Does.StartWith(problem));
        Assert.That((error.Line, error.Column), Is.EqualTo((1, column)));
    }

    [Test]
    public void The_message_has_the_file_the_line_and_a_caret()
    {
        var error = Assert.Throws<ExpectationSyntaxException>(
            () => Expectations.ParseLines("# first\n\tloss: decreases, ends < x", "ci/curves.txt"));
        Assert.That(
            error!.Message,
            Is.EqualTo(
                "ci/curves.txt, line 2, column 26: expected a number, such as 0.1; found 'x'\n"
                + "  \tloss: decreases, ends < x\n"
                + "  \t                        ^"));
    }

    [TestCase("5%", 0.05, true)]
    [TestCase(".5%", 0.005, true)]
    [TestCase("0.01", 0.01, false)]
    public void Tolerances_are_shares_or_amounts(string text, double amount, bool isRelative)
    {
        Assert.That(Tolerance.TryParse(text, out Tolerance tolerance), Is.True);
        Assert.That(tolerance.Amount, Is.EqualTo(amount).Within(1e-15));
        Assert.That(tolerance.IsRelative, Is.EqualTo(isRelative));
    }

    [TestCase("")]
    [TestCase("%")]
    [TestCase("-1")]
    [TestCase("5 %")]
    [TestCase("1e999")]
    [TestCase(null)]
    public void Text_that_is_not_a_tolerance_is_not_parsed(string? text) =>
        Assert.That(Tolerance.TryParse(text, out _), Is.False);

    [Test]
    public void A_check_that_needs_a_baseline_says_so()
    {
        Expectation check = Expectations.Parse("loss: within 5% of baseline")[0];
        Assert.That(check.NeedsBaseline, Is.True);
        Assert.That(
            () => check.Check(Curves.Of(1)),
            Throws.ArgumentException
                .With.Message.StartsWith("'within 5% of baseline' compares with a baseline; none was given."));
    }

    [Test]
    public void A_series_is_checked_against_a_series()
    {
        var series = new ScalarSeries("run", "loss", [0, 1], [1, 2]);
        Assert.That(Expectation.IsWithin(Tolerance.Absolute(0)).Check(series, series).Passed, Is.True);
        Assert.That(Expectation.HasNoNaN().Check(series).Passed, Is.True);
    }

    [Test]
    public void Any_text_is_parsed_or_reported()
    {
        string[] words =
        [
            "decreases", "ends", "stays", "reaches", "within", "between", "percentiles", "no-nan", "no-spikes",
            "no-plateau",
            "steps-complete", "smoothed", "from", "until", "over", "by", "at", "every", "to", "except", "above",
            "under", "of",
            "baseline", "and", "<", ">", ",", ":", "[", "]", "\"", "\\", "#", "%", "0", "-1", "0.5", "5%", "1e999",
            "1e-400",
            "9223372036854775807", "9223372036854775808", "NaN", " ", "\t", "é",
        ];
        var random = new Random(1);
        int read = 0;
        for (int i = 0; i < 50_000; i++)
        {
            string[] drawn = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => words[random.Next(words.Length)])];
            string line = (i % 10 == 0 ? "" : "x: ") + string.Join(' ', drawn);
            try
            {
                read += Expectations.Parse(line).Count > 0 ? 1 : 0;
            }
            catch (ExpectationSyntaxException error)
            {
                Assert.That(error.Column, Is.InRange(1, line.Length + 1), line);
            }
        }

        Assert.That(read, Is.GreaterThan(100));
    }

    [Test]
    public void A_file_is_read_and_named_in_errors()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "loss: no-nan\n");
            Assert.That(Expectations.Load(path), Has.Count.EqualTo(1));
            File.WriteAllText(path, "loss: nonsense\n");
            Assert.That(
                () => Expectations.Load(path),
                Throws.TypeOf<ExpectationSyntaxException>().With.Message.StartsWith(path + ", line 1, column 7: "));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
