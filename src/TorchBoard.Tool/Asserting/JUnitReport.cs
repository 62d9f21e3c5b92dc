using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace TorchBoard.Tool.Asserting;

/// <summary>The results as JUnit XML: a suite for each run, a case for each expectation.</summary>
internal static class JUnitReport
{
    public static string Of(IReadOnlyList<CheckedExpectation> results)
    {
        // In UTF-8 without a byte order mark, which some readers reject.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var text = new MemoryStream();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Encoding = encoding, Indent = true }))
            Document(results).Save(writer);
        return encoding.GetString(text.ToArray());
    }

    private static XDocument Document(IReadOnlyList<CheckedExpectation> results) => new(
        new XElement(
            "testsuites",
            new XAttribute("name", "torchboard assert"),
            new XAttribute("tests", results.Count),
            new XAttribute("failures", results.Count(result => !result.Result.Passed)),
            results.GroupBy(result => result.Run, StringComparer.Ordinal).Select(Suite)));

    private static XElement Suite(IGrouping<string, CheckedExpectation> run) => new(
        "testsuite",
        new XAttribute("name", Xml(run.Key)),
        new XAttribute("tests", run.Count()),
        new XAttribute("failures", run.Count(result => !result.Result.Passed)),
        run.Select(result => new XElement(
            "testcase",
            new XAttribute("classname", Xml($"{run.Key}.{result.Tag}")),
            new XAttribute("name", Xml($"{result.Tag}: {result.Expectation}")),
            result.Result.Passed
                ? null
                : new XElement(
                    "failure", new XAttribute("message", Xml(result.Result.Seen)), Xml(result.Result.ToString())))));

    // XML cannot represent most control characters.
    private static string Xml(string text) => Output.Printable.Lines(text);
}
