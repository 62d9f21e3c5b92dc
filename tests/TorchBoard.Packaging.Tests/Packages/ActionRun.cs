using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>
/// Runs the scripts of <c>action.yml</c> as GitHub's runner does: with the values of expressions in the environment, and with
/// files for outputs and the summary.
/// </summary>
internal sealed partial class ActionRun(string workspace, string temporary)
{
    private static readonly YamlMappingNode Action = Read();

    private readonly Dictionary<string, string> _outputs = [];

    public string Summary => File.ReadAllText(Path.Combine(temporary, "summary.md"));

    public string Log { get; private set; } = "";

    /// <summary>The value of an output of the action.</summary>
    public string Output(string name) => Valued(Text(Map(Map(Action, "outputs"), name), "value"), []);

    /// <summary>Runs the steps until one fails.</summary>
    /// <returns>The exit code of the last step that ran.</returns>
    public int Run(string actionRef, params (string Name, string Value)[] inputs) => Run(actionRef, _ => true, inputs);

    /// <summary>Runs those of the steps whose names are selected, until one fails.</summary>
    /// <returns>The exit code of the last step that ran.</returns>
    public int Run(string actionRef, Predicate<string> isSelected, params (string Name, string Value)[] inputs)
    {
        var expressions = new Dictionary<string, string>
        {
            ["runner.temp"] = temporary,
            ["github.action_ref"] = actionRef,
        };
        foreach ((YamlNode name, YamlNode input) in Map(Action, "inputs"))
            expressions["inputs." + name] = ((YamlMappingNode)input).Children.TryGetValue("default", out YamlNode? value) ? value.ToString() : "";
        foreach ((string name, string value) in inputs)
        {
            Assert.That(expressions, Does.ContainKey("inputs." + name));
            expressions["inputs." + name] = value;
        }

        foreach (YamlMappingNode step in Steps().Where(step => isSelected(Text(step, "name"))))
        {
            if (step.Children.TryGetValue("if", out YamlNode? condition) && !Holds(condition.ToString()))
                continue;
            Assert.That(step.Children.ContainsKey("run"), Is.True, "the SDK is there");
            if (RunStep(step, expressions) is var code and not 0)
                return code;
        }

        return 0;
    }

    public static IEnumerable<YamlMappingNode> Steps() =>
        ((YamlSequenceNode)Map(Action, "runs").Children["steps"]).Cast<YamlMappingNode>();

    public static IEnumerable<string> Inputs() => Map(Action, "inputs").Children.Keys.Select(name => name.ToString());

    private int RunStep(YamlMappingNode step, Dictionary<string, string> expressions)
    {
        Assert.That(Text(step, "shell"), Is.EqualTo("bash"));
        string script = Path.Combine(temporary, "script.sh");
        string outputs = Path.Combine(temporary, "outputs");
        File.WriteAllText(script, Text(step, "run"));
        File.Delete(outputs);

        string directory = step.Children.TryGetValue("working-directory", out YamlNode? given) ? Valued(given.ToString(), expressions) : workspace;
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-eo", "pipefail", script])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GITHUB_ACTIONS"] = "true";
        start.Environment["GITHUB_OUTPUT"] = outputs;
        start.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(temporary, "summary.md");
        start.Environment["RUNNER_TEMP"] = temporary;
        if (step.Children.TryGetValue("env", out YamlNode? environment))
        {
            foreach ((YamlNode name, YamlNode value) in (YamlMappingNode)environment)
                start.Environment[name.ToString()] = Valued(value.ToString(), expressions);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Log += process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        if (File.Exists(outputs))
        {
            foreach (string line in File.ReadLines(outputs))
                _outputs[$"steps.{Text(step, "id")}.outputs.{line.Split('=')[0]}"] = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        }

        return process.ExitCode;
    }

    // Only what action.yml uses.
    private bool Holds(string condition)
    {
        Match match = Equality().Match(condition);
        Assert.That(match.Success, Is.True, condition);
        return _outputs[match.Groups[1].Value] == match.Groups[2].Value;
    }

    private string Valued(string text, Dictionary<string, string> expressions) => Expression().Replace(
        text, match => expressions.TryGetValue(match.Groups[1].Value, out string? value) ? value : _outputs[match.Groups[1].Value]);

    private static YamlMappingNode Read()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read("action.yml")));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string name) => (YamlMappingNode)node.Children[name];

    private static string Text(YamlMappingNode node, string name) => node.Children[name].ToString();

    [GeneratedRegex(@"^(\S+) == '(.*)'$")]
    private static partial Regex Equality();

    [GeneratedRegex(@"\$\{\{ (\S+) \}\}")]
    private static partial Regex Expression();
}
