using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;

namespace TorchBoard.Tool.Tests.Output;

/// <summary>
/// Runs whose names and texts contain terminal commands: colors, titles, one-byte controls, text directions, line
/// breaks, and characters that nobody sees. No command prints any of them, in text or as JSON, as a result or in a message.
/// </summary>
[Platform("Unix", Reason = "directories of any name")]
internal sealed partial class HostileNamesTests : RunsFixture
{
    private const string Evil =
        "a\e[2J\e]0;owned\a\b\u007F\u009B31m\u0085\r\nINJECTED "
            + "\u2028INJECTED\u2029\u202Egnp.\u2066x\u200F\t<script>```````"
            + "zero\u200B\u200D\u2060\uFEFF\u00AD\u034F\uFE0F\u3164\U000E0041\U000E0100width";

    private static readonly string[] Lines =
    [
        "list {runs}", "list {runs} --runs", "list {runs} --run *2J* --tag *2J*", "show {runs}", "show {runs} *",
        "show {runs} * --step 0", "watch {runs} --once", "watch {runs} --for 0.2", "export {runs}",
        "export {runs} --format jsonl", "export {runs} --output {out}", "export {runs} --format files --output {out}",
        "check {runs}", "repair {runs} --output {out}", "merge {runs} --output {out}",
        "rename {runs} * b/* --output {out}",
        "remove {runs} *2J* --output {out}", "thin {runs} --every 2 --output {out}", "compare {runs} {runs}",
        "compare {runs} {runs} --seeds --tag *curve", "compare {a} {runs} --tolerance 1%",
        "assert {runs} *:{s}ends{s}<{s}-9", "assert {runs} *curve*:{s}ends{s}>{s}-9 --markdown {md} --junit {xml}",
        "assert {runs} --baseline {runs} --tolerance 1%",

        // Missing or invalid names.
        "list {runs} --run nowhere", "list {evil}", "show {runs} curv", "show {runs} {evil}", "show {a} * --step 77",
        "assert {runs} {evil}", "assert {runs} curv:{s}no-nan", "assert {runs} [nowhere]{s}*:{s}no-nan",
        "assert {runs} *:{s}ends{s}<{s}-9,{s}{evil}", "assert {runs} --file {evil}",
        "rename {runs} *curve x*x --output {out}",
        "rename {runs} {evil}curve {evil}curv2 --output {out}", "remove {runs} {evil} --output {out}", "{evil}",
        "export {runs} --format {evil}", "list {runs} --{evil}", "check {evil}", "merge {evil} --output {out}",
        "repair {runs} --output {runs}", "watch {evil} --once",
    ];

    private static readonly string[] WithJson =
    [
        "list {runs}", "show {runs}", "show {runs} *", "check {runs}", "compare {runs} {runs}", "export {runs}",
        "assert {runs} *:{s}ends{s}<{s}-9", "repair {runs} --output {out}", "merge {runs} --output {out}",
        "rename {runs} * b/* --output {out}", "thin {runs} --every 2 --output {out}",
        "export {runs} --format files --output {out}", "watch {runs} --once",
    ];

    [Test]
    public void No_command_prints_a_control_character_that_it_was_given(
        [ValueSource(nameof(Lines))] string line, [Values] bool color)
    {
        string a = WriteHostileRun(Evil);
        WriteHostileRun("other " + Evil);
        ToolRun run = ToolRun.InColor(color, Arguments(line, a));

        AssertHarmless(run.Output, color);
        AssertHarmless(run.Error, color: false);
        foreach (string message in run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Assert.That(message, Does.StartWith("torchboard: ").Or.StartWith("  "), "messages are lines of their own");
    }

    [Test]
    public void Json_holds_every_character_and_prints_none_of_them([ValueSource(nameof(WithJson))] string line)
    {
        string a = WriteHostileRun(Evil);
        ToolRun run = ToolRun.Of([.. Arguments(line, a), "--json"]);

        AssertHarmless(run.Output, color: false);
        AssertHarmless(run.Error, color: false);
        foreach (string document in line.StartsWith("watch", StringComparison.Ordinal)
            ? run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [run.Output])
        {
            using JsonDocument json = JsonDocument.Parse(document);
            if (!line.Contains("{out}", StringComparison.Ordinal))
                Assert.That(Strings(json.RootElement), Has.Some.Contains(Evil));
        }
    }

    [Test]
    public void Reports_and_exported_files_contain_no_markup_and_stay_below_the_output()
    {
        string a = WriteHostileRun(Evil);
        ToolRun.Of(Arguments("assert {runs} *curve*:{s}ends{s}<{s}-9 --markdown {md} --junit {xml}", a));
        ToolRun.Of(Arguments("export {runs} --format files --output {out}", a));
        ToolRun.Of("export", Runs, "--output", At("csv"));

        string markdown = File.ReadAllText(At("md"));
        AssertHarmless(markdown, color: false);
        Assert.That(markdown.Split("````````text")[0], Does.Not.Contain("<script"));
        Assert.That(System.Xml.Linq.XDocument.Load(At("xml")).Descendants("testcase"), Is.Not.Empty);
        Assert.That(
            Directory.GetFileSystemEntries(At("out"), "*", SearchOption.AllDirectories), Has.All.Matches<string>(
            path => !Tool.Output.Printable.HasCommand(path!)));
        Assert.That(
            File.ReadAllText(At("csv", "scalars.csv")),
            Does.Contain(Evil.Replace("\"", "\"\"", StringComparison.Ordinal)), "a file is exact");
    }

    private string[] Arguments(string line, string a) =>
    [
        .. line.Split(' ').Select(word => word
            .Replace("{runs}", Runs, StringComparison.Ordinal).Replace("{a}", a, StringComparison.Ordinal)
            .Replace("{out}", At("out"), StringComparison.Ordinal).Replace("{md}", At("md"), StringComparison.Ordinal)
            .Replace("{xml}", At("xml"), StringComparison.Ordinal).Replace("{s}", " ", StringComparison.Ordinal)
            .Replace("{evil}", Evil, StringComparison.Ordinal)),
    ];

    private string WriteHostileRun(string name)
    {
        string directory = Path.Combine(Runs, name.Replace("/", "", StringComparison.Ordinal));
        var hyperparameters = new Dictionary<string, Hyperparameter> { [Evil] = Evil };
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHyperparameters(hyperparameters, new HyperparameterOptions { GroupName = Evil });
            for (int step = 0; step < 3; step++)
            {
                writer.AddScalar(Evil + "curve", step, step);
                writer.AddScalar(Evil + "curv2", step, step);
                writer.AddText(Evil + "text", Evil, step);
                writer.AddTable(Evil + "table", [Evil], [[Evil]], step);
                writer.AddHistogram(Evil + "histogram", [1f, 2f], step);
                writer.AddImage("image", (byte[])[1], step, ImageLayout.Hw, [1, 1]);
                writer.AddAudio("audio", [0f, 1f], step, sampleRate: 8000);
                writer.AddMesh(Evil + "mesh", [0f, 0, 0], step);
                writer.AddPrCurve(Evil + "pr", [true, false], [0.5f, 0.6f], step);
            }
        }

        // Pictures and clips whose tags the library refuses.
        using (var file = new EventFileWriter(Path.Combine(directory, "events.out.tfevents.9999999997.x")))
        {
            var image = new Protos.Summary.Types.Value { Tag = Evil + "image", Image = new() { Width = 1, Height = 1 } };
            var audio = new Protos.Summary.Types.Value { Tag = Evil + "audio", Audio = new() { SampleRate = 8000 } };
            file.Write(Google.Protobuf.MessageExtensions.ToByteArray(
                new Protos.Event { Step = 1, Summary = new Protos.Summary { Value = { image, audio } } }));
        }

        // Invalid values, with the tag in the message; a version and bytes that are not UTF-8; damage in between.
        using (var file = new EventFileWriter(Path.Combine(directory, "events.out.tfevents.9999999998.x")))
        {
            file.Write(Google.Protobuf.MessageExtensions.ToByteArray(new Protos.Event { FileVersion = Evil }));
            var value = new Protos.Summary.Types.Value
            {
                Tag = Evil + "curve",
                Tensor = new Protos.TensorProto { Dtype = Protos.DataType.DtString },
            };
            file.Write(Google.Protobuf.MessageExtensions.ToByteArray(
                new Protos.Event { Step = 4, Summary = new Protos.Summary { Value = { value } } }));
            byte[] tag = [.. "\x7Fbad"u8, 0xED, 0xA0, 0x80, 0xFF, 0xC2, 0x9B, .. "31m"u8];
            byte[] scalar = [0x0A, (byte)tag.Length, .. tag, 0x15, 0, 0, 0x80, 0x3F];
            file.Write([0x2A, (byte)(scalar.Length + 2), 0x0A, (byte)scalar.Length, .. scalar]);
        }

        File.AppendAllText(Path.Combine(directory, "events.out.tfevents.9999999998.x"), Evil + new string('x', 30));
        return directory;
    }

    private static void AssertHarmless(string text, bool color)
    {
        if (color)
            text = OwnColors().Replace(text, "");
        for (int i = 0; i < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, i, out Rune rune);
            if (!isWhole || (Tool.Output.Printable.IsCommand(rune) && rune.Value is not ('\n' or '\t')))
            {
                Assert.Fail($"U+{(int)text[i]:X4} in: "
                    + $"{JsonSerializer.Serialize(text[Math.Max(0, i - 60)..Math.Min(text.Length, i + 20)])}");
            }

            i += rune.Utf16SequenceLength;
        }

        Assert.That(text.Split('\n'), Has.None.StartsWith("INJECTED"), "names make no lines");
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value).Append(p.Name)),
        _ => [],
    };

    [GeneratedRegex("\e\\[[0-9]{1,2}(;[0-9]{1,2})?m")]
    private static partial Regex OwnColors();
}
