using System.Globalization;
using System.Text;

namespace TorchBoard.Testing.Language;

/// <summary>Reads one line: <c>[RUN] TAG: check, check, …</c>. See the package's README for the grammar.</summary>
internal sealed class ExpectationParser(string text, int line, string? file)
{
    private const string Checks =
        "decreases, increases, ends, stays, reaches, within, between, no-nan, no-infinity, no-spikes, no-plateau, "
        + "no-divergence, steps-increase, steps-complete or smoothed";

    private int _place;

    public Expectations Parse()
    {
        SkipBlanks();
        string? run = null;
        if (Next('['))
        {
            run = Name(']', "a run");
            _place++;
            SkipBlanks();
        }

        string tag = Name(':', "a tag");
        _place++;

        var checks = new List<Expectation>();
        do
            checks.Add(Check());
        while (Take(","));

        if (Peek() is { Length: > 0 } rest)
            throw Error($"expected ',' or the end of the line; found '{rest}'");
        return new Expectations(run, tag, checks, line, text.Trim());
    }

    /// <summary>Reads a name, in quotes or up to its end, which it does not consume.</summary>
    private string Name(char end, string what)
    {
        SkipBlanks();
        int start = _place;
        string name = Next('"') ? Quoted() : Unquoted(end);
        SkipBlanks();
        if (_place == text.Length || text[_place] != end)
            throw Error($"expected '{end}' after {what}");
        return name.Length > 0 ? name : throw Error($"expected {what} before '{end}'", start);
    }

    private string Unquoted(char end)
    {
        int start = _place;
        int stop = text.IndexOf(end, start);
        _place = stop < 0 ? text.Length : stop;
        return text[start.._place].Trim();
    }

    private string Quoted()
    {
        int start = _place - 1;
        var name = new StringBuilder();
        for (; _place < text.Length; _place++)
        {
            if (text[_place] == '"')
            {
                _place++;
                return name.ToString();
            }

            if (text[_place] == '\\' && _place + 1 < text.Length && text[_place + 1] is '"' or '\\')
                _place++;
            name.Append(text[_place]);
        }

        throw Error("the quote that opens here is never closed", start);
    }

    private Expectation Check()
    {
        double? weight = Take("smoothed") ? InRange(0, 1) : null;
        Expectation check = Assertion();
        if (weight is double w)
            check = check.Smoothed(w);
        if (Take("from"))
            check = check.FromStep(Step());
        if (Take("until"))
            check = check.UntilStep(Step());
        return check;
    }

    private Expectation Assertion()
    {
        int start = Place();
        string word = Word();
        switch (word)
        {
            case "decreases":
                return Expectation.Decreases(Significance());
            case "increases":
                return Expectation.Increases(Significance());
            case "ends":
                return Side()
                    ? Expectation.EndsBelow(Value(), Over())
                    : Expectation.EndsAbove(Value(), Over());
            case "stays" when Take("between"):
                (double low, double high) = Pair(double.MinValue, double.MaxValue);
                return Expectation.StaysBetween(low, high);
            case "stays":
                return Side(", or 'between'") ? Expectation.StaysBelow(Value()) : Expectation.StaysAbove(Value());
            case "reaches":
                return Side()
                    ? Expectation.ReachesBelow(Value(), Option("by"))
                    : Expectation.ReachesAbove(Value(), Option("by"));
            case "within":
                Tolerance tolerance = Tolerant();
                Baseline();
                return Expectation.IsWithin(tolerance, Take("allow-missing"));
            case "between":
                Expect("percentiles");
                (double lower, double upper) = Pair(0, 100);
                Baseline();
                double outside = Take("except") ? Percent(100) : 0;
                return Expectation.IsBetweenPercentiles(lower, upper, outside, Take("allow-missing"));
            case "no-nan":
                return Expectation.HasNoNaN();
            case "no-infinity":
                return Expectation.HasNoInfinity();
            case "no-spikes":
                return Expectation.HasNoSpikes(
                    Take("above") ? InRange(double.Epsilon, double.MaxValue) : Curve.DefaultSpike);
            case "no-plateau":
                long? length = Take("over") ? Positive() : null;
                return Expectation.HasNoPlateau(
                    length, Take("under") ? Percent(double.MaxValue) : Curve.DefaultLeastChange);
            case "no-divergence":
                return Expectation.DoesNotDiverge();
            case "steps-increase":
                return Expectation.HasIncreasingSteps();
            case "steps-complete":
                return CompleteSteps();
            case "":
                throw Error($"expected a check: {Checks}{Found()}", start);
            default:
                throw Error($"'{word}' is not a check; expected {Checks}", start);
        }
    }

    private Expectation CompleteSteps()
    {
        long every = Take("every") ? Positive() : 1;
        long? from = Option("from");
        int start = Place();
        long? to = Option("to");
        if (from > to)
            throw Error(FormattableString.Invariant($"the last step, {to}, comes before the first, {from}"), start);
        return Expectation.HasCompleteSteps(every, from, to);
    }

    private double Significance() => Take("at") ? InRange(double.Epsilon, 0.5) : Curve.DefaultSignificance;

    private int Over() => Take("over") ? (int)Math.Min(Positive(), int.MaxValue) : 1;

    private long? Option(string word) => Take(word) ? Step() : null;

    /// <summary>Reads <c>&lt;</c> or <c>&gt;</c>; true for <c>&lt;</c>.</summary>
    private bool Side(string orElse = "")
    {
        if (Take("<"))
            return true;
        return Take(">") ? false : throw Error($"expected '<' or '>'{orElse}{Found()}");
    }

    private (double Low, double High) Pair(double least, double most)
    {
        double low = InRange(least, most);
        Expect("and");
        int start = Place();
        double high = InRange(least, most);
        if (low > high)
            throw Error($"the upper limit, {Number.Text(high)}, is below the lower one, {Number.Text(low)}", start);
        return (low, high);
    }

    private Tolerance Tolerant()
    {
        int start = Place();
        return Tolerance.TryParse(Word(), out Tolerance tolerance)
            ? tolerance
            : throw ErrorAt(start, "expected a tolerance, such as 5% or 0.01");
    }

    private void Baseline()
    {
        Expect("of");
        Expect("baseline");
    }

    private double Percent(double most)
    {
        int start = Place();
        return Tolerance.TryParse(Word(), out Tolerance share) && share.IsRelative && share.Amount * 100 <= most
            ? share.Amount
            : throw ErrorAt(start, "expected a percentage, such as 5%");
    }

    private double Value() => InRange(double.MinValue, double.MaxValue);

    private double InRange(double least, double most)
    {
        int start = Place();
        bool isNumber = double.TryParse(Word(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (!isNumber || !double.IsFinite(value))
            throw ErrorAt(start, "expected a number, such as 0.1");
        if (value >= least && value <= most)
            return value;
        string limits = most == double.MaxValue ? "greater than 0"
            : least == double.Epsilon ? $"greater than 0 and at most {Number.Text(most)}"
            : $"from {Number.Text(least)} to {Number.Text(most)}";
        throw ErrorAt(start, $"expected a number {limits}");
    }

    private long Step()
    {
        int start = Place();
        return long.TryParse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long step)
            ? step
            : throw ErrorAt(start, "expected a step, a whole number");
    }

    private long Positive()
    {
        int start = Place();
        return long.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : throw ErrorAt(start, "expected a whole number of at least 1");
    }

    private void Expect(string word)
    {
        if (!Take(word))
            throw Error($"expected '{word}'{Found()}");
    }

    private bool Take(string word)
    {
        if (Peek() != word)
            return false;
        _place += word.Length;
        return true;
    }

    private string Word()
    {
        string word = Peek();
        _place += word.Length;
        return word;
    }

    /// <summary>Returns the next word or sign; empty at the end of the line and before a comment.</summary>
    private string Peek()
    {
        SkipBlanks();
        if (_place == text.Length || text[_place] == '#')
            return "";
        int end = _place + 1;
        if (text[_place] is not (',' or '<' or '>'))
        {
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or '<' or '>'))
                end++;
        }

        return text[_place..end];
    }

    private bool Next(char wanted)
    {
        if (_place == text.Length || text[_place] != wanted)
            return false;
        _place++;
        return true;
    }

    private int Place()
    {
        SkipBlanks();
        return _place;
    }

    private void SkipBlanks()
    {
        while (_place < text.Length && char.IsWhiteSpace(text[_place]))
            _place++;
    }

    private string Found() => Peek() is { Length: > 0 } word ? $"; found '{word}'" : "; the line ends here";

    private ExpectationSyntaxException ErrorAt(int start, string expected)
    {
        _place = start;
        return Error(expected + Found());
    }

    private ExpectationSyntaxException Error(string problem, int? place = null) =>
        new(file, line, (place ?? Place()) + 1, text, problem);
}
