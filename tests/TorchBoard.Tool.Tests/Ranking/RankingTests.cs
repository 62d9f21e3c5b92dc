using System.Text.Json;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Commands;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Tests.Ranking;

/// <summary>Tests of the command runs: which run was best, with which hyperparameters.</summary>
internal sealed class RankingTests : RunsFixture
{
    [Test]
    public void A_run_is_a_row_of_hyperparameters_and_the_last_values_of_its_metrics()
    {
        WriteTrial("a", [("lr", 0.1), ("optimizer", "adam"), ("nesterov", true)], [("accuracy", [0.5f, 0.9f, 0.8f])]);
        WriteTrial("b", [("lr", 0.01), ("optimizer", "sgd")], [("accuracy", [0.1f]), ("loss", [2, 1])]);
        WriteRun("c", tag: "loss", count: 5);
        Assert.That(Csv(), Is.EqualTo("""
            run,status,step,lr,nesterov,optimizer,accuracy,loss
            a,success,2,0.1,true,adam,0.8,
            b,success,1,0.01,,sgd,0.1,1
            c,,4,,,,,0.2

            """));
        JsonElement first = Of("--json").Json.GetProperty("runs")[0];
        Assert.That(first.GetProperty("hyperparameters").GetRawText(), Is.EqualTo("""{"lr":0.1,"nesterov":true,"optimizer":"adam"}"""));
        Assert.That(first.GetProperty("metrics").GetProperty("accuracy").GetDouble(), Is.EqualTo((double)0.8f));
        Assert.That(first.GetProperty("status").GetString(), Is.EqualTo("success"));
    }

    [TestCase("--best max", "max accuracy", "0.9 0.6 NaN")]
    [TestCase("--best min", "min accuracy", "0.5 0.1 NaN")]
    [TestCase("--step 1", "accuracy", "0.9 0.1 NaN")]
    [TestCase("--step 2", "accuracy", "0.8 0.6 _")]
    [TestCase("--step 3", "accuracy", "0.8 _ _")]
    [TestCase("--step 4", "accuracy", "0.7 _ _")]
    [TestCase("--step 5", "accuracy", "_ _ _")]
    [TestCase("", "accuracy", "0.7 0.6 NaN")]
    [TestCase("--columns run,accuracy", "accuracy", "0.7 0.6 NaN")]
    [TestCase("--columns accuracy --best max", "max accuracy", "0.9 0.6 NaN")]
    [TestCase("--best max --columns last?accuracy", "last accuracy", "0.7 0.6 NaN")]
    public void The_value_of_a_metric_that_counts_is_the_last_the_least_the_greatest_or_that_at_a_step(
        string options, string column, string values)
    {
        WriteCurve("a", (0, 0.5f), (1, 0.9f), (2, 0.8f), (4, 0.7f));
        WriteCurve("b", (1, 0.1f), (2, 0.6f));
        WriteCurve("c", (1, float.NaN));
        string[] words = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('?', ' '))];
        JsonElement[] runs = [.. Of([.. words, "--json"]).Json.GetProperty("runs").EnumerateArray()];
        Assert.That(
            runs.Select(run => run.GetProperty("metrics").TryGetProperty(column, out JsonElement value)
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetSingle().ToString("G3", null)
                : "_"),
            Is.EqualTo(values.Split(' ').Select(value => float.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out float number) && number > 0 ? number.ToString("G3", null) : value)));
    }

    [TestCase("lr > 0.01", "a d")]
    [TestCase("lr >= 0.01", "a b d")]
    [TestCase("lr<0.1", "b")]
    [TestCase("lr = 0.1", "a")]
    [TestCase("lr != 0.1", "b c d")]
    [TestCase("lr = auto", "c")]
    [TestCase("optimizer = adam", "a")]
    [TestCase("optimizer = adam*", "a b")]
    [TestCase("optimizer != 'adam'", "b c")]
    [TestCase("optimizer > adam", "b c")]
    [TestCase("nesterov = true", "a")]
    [TestCase("accuracy >= 0.9", "b", Description = "A float of 0.9 is 0.9.")]
    [TestCase("accuracy > 0.9", "")]
    [TestCase("best accuracy > 0.9", "a")]
    [TestCase("best accuracy < 0.45", "a")]
    [TestCase("max accuracy < 0.95", "b c")]
    [TestCase("accuracy = nan", "d")]
    [TestCase("accuracy != nan", "a b c")]
    [TestCase("accuracy < inf", "a b c")]
    [TestCase("status = failure", "d")]
    [TestCase("run = ?", "a b c d")]
    [TestCase("a=b > 1", "d", Description = "A name may contain an operator.")]
    [TestCase("lr > 0.01|optimizer = adam", "a")]
    public void Runs_that_meet_all_conditions_are_shown(string conditions, string runs)
    {
        WriteTrial("a", [("lr", 0.1), ("optimizer", "adam"), ("nesterov", true)], [("accuracy", [0.4f, 0.99f, 0.8f])]);
        WriteTrial("b", [("lr", 0.01), ("optimizer", "adamw"), ("nesterov", false)], [("accuracy", [0.5f, 0.9f])]);
        WriteTrial("c", [("lr", "auto"), ("optimizer", "sgd")], [("accuracy", [0.5f])]);
        WriteTrial("d", [("lr", 0.5), ("a=b", 2)], [("accuracy", [float.NaN])], RunStatus.Failure);
        ToolRun run = Of([.. conditions.Split('|').SelectMany(condition => (string[])["--where", condition]), "--format", "csv"]);
        Assert.That(Names(run), Is.EqualTo(runs.Split(' ', StringSplitOptions.RemoveEmptyEntries)), run.Error);
        Assert.That(run.ExitCode, Is.EqualTo(runs.Length > 0 ? 0 : 1));
        if (runs.Length == 0)
            Assert.That(run.Error, Is.EqualTo("torchboard: None of 4 runs meets accuracy > 0.9.\n"));
    }

    [TestCase("lr", "b a c d e f")]
    [TestCase("lr --descending", "d c a b e f")]
    [TestCase("accuracy", "a d b c e f")]
    [TestCase("accuracy --descending", "f e c b d a")]
    [TestCase("best?accuracy", "c e a d b f", Description = "The least is first, so the least counts.")]
    [TestCase("best?accuracy --descending", "d f e c b a", Description = "The greatest is first, so the greatest counts.")]
    [TestCase("run --descending", "f e d c b a")]
    [TestCase("lr --top 2", "b a")]
    public void Runs_are_sorted_with_what_is_missing_last(string sort, string runs)
    {
        WriteTrial("a", [("lr", 0.1)], [("accuracy", [0.1f])]);
        WriteTrial("b", [("lr", 0.01)], [("accuracy", [0.3f])]);
        WriteTrial("c", [("lr", "auto")], [("accuracy", [0, 0.4f])]);
        WriteTrial("d", [("lr", "none")], [("accuracy", [0.9f, 0.2f])]);
        WriteTrial("e", null, [("accuracy", [0.05f, 0.5f])]);
        WriteTrial("f", null, [("accuracy", [0.6f])]);
        ToolRun run = Of(["--sort", .. sort.Split(' ').Select(word => word.Replace('?', ' ')), "--format", "csv"]);
        Assert.That(Names(run), Is.EqualTo(runs.Split(' ')), run.Error);
    }

    [Test]
    public void NaN_is_never_best()
    {
        WriteCurve("a", (0, float.NaN));
        WriteCurve("b", (0, 1));
        WriteCurve("c", (0, 2), (1, float.NaN), (2, 3));
        WriteRun("d", tag: "other");
        Assert.That(Names(Of("--sort", "accuracy", "--format", "csv")), Is.EqualTo((string[])["b", "c", "a", "d"]));
        Assert.That(Names(Of("--sort", "accuracy", "--descending", "--format", "csv")), Is.EqualTo((string[])["c", "b", "a", "d"]));
        Assert.That(Names(Of("--sort", "min accuracy", "--format", "csv")), Is.EqualTo((string[])["b", "c", "a", "d"]));
    }

    [Test]
    public void A_hyperparameter_that_is_text_in_one_run_and_a_number_in_another_is_reported_once()
    {
        WriteTrial("a", [("lr", 0.1)], []);
        WriteTrial("b", [("lr", "auto")], []);
        WriteTrial("c", [("lr", "0.01")], []);
        ToolRun run = Of("--sort", "lr", "--columns", "lr", "--where", "lr != 5");
        Assert.That(run.Error, Does.StartWith("torchboard: warning: 'lr' is a number in 1 run and text in 2 runs; numbers are sorted before text"));
        Assert.That(run.Error.Split('\n'), Has.Length.EqualTo(2));
        Assert.That(Of("--columns", "step").Error, Is.Empty);
    }

    [TestCase("--where", "accurcy > 1", "'accurcy'", "'accuracy'")]
    [TestCase("--where", "best accurcy > 1", "'accurcy'", "'accuracy'")]
    [TestCase("--where", "opimizer = adam", "'opimizer'", "'optimizer'")]
    [TestCase("--sort", "Accuracy", "'Accuracy'", "'accuracy'")]
    [TestCase("--columns", "accuracy,optmizer", "'optmizer'", "'optimizer'")]
    [TestCase("--columns", "x*", "'x*'", "nearest")]
    [TestCase("--where", "accuracy", "not a condition", "'lr > 0.01'")]
    [TestCase("--where", "> 1", "not a condition", "")]
    [TestCase("--where", "accuracy >", "not a condition", "")]
    [TestCase("--columns", "best accuracy", "'min accuracy'", "'max accuracy'")]
    [TestCase("--top", "0", "--top", "at least 1")]
    [TestCase("--descending", null, "--sort", "")]
    [TestCase("--best", "avg", "'avg'", "'max'")]
    [TestCase("--format", "xml", "'xml'", "'csv'")]
    public void Wrong_input_is_refused_with_what_is_right(string option, string? value, string problem, string advice)
    {
        WriteTrial("a", [("optimizer", "adam")], [("accuracy", [1])]);
        ToolRun run = Of(value is null ? [option] : [option, value]);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("torchboard: ").And.Contain(problem).And.Contain(advice));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Names_that_differ_only_in_case_are_different()
    {
        WriteTrial("a", [("lr", 1), ("LR", 2)], [("Loss", [3]), ("loss", [4])]);
        Assert.That(Csv(), Is.EqualTo("run,status,step,LR,lr,Loss,loss\na,success,0,2,1,3,4\n"));
        Assert.That(Csv("--columns", "lr,Loss"), Is.EqualTo("run,lr,Loss\na,1,3\n"));
    }

    [Test]
    public void Sub_runs_of_a_run_with_hyperparameters_are_one_trial_as_in_TensorBoard()
    {
        WriteTrial("a", [("lr", 0.1)], [("loss", [1])]);
        WriteTrial("a/validation", null, [("loss", [2, 3])]);
        WriteTrial("a/fold/1", null, [("loss", [4])]);
        WriteTrial("ab", null, [("loss", [5])]);
        Assert.That(Csv(), Is.EqualTo("run,status,step,lr,loss,fold/1/loss,validation/loss\na,success,1,0.1,1,4,3\nab,,0,,5,,\n"));
        Assert.That(Of("--json").Json.GetProperty("runs")[0].GetProperty("runs").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public void Hyperparameters_in_the_only_sub_run_of_a_training_are_of_this_training()
    {
        WriteTrial("exp1", null, [("loss", [3, 2, 1])]);
        WriteTrial("exp1/1700000000.25", [("lr", 0.1)], [("hparam/accuracy", [0.9f])]);
        WriteTrial("exp1/loss_train", null, [("loss", [7])]);
        WriteTrial("sweep", null, [("loss", [6])]);
        WriteTrial("sweep/1", [("lr", 0.2)], [("loss", [5])]);
        WriteTrial("sweep/2", [("lr", 0.3)], [("loss", [4])]);
        Assert.That(Csv(), Is.EqualTo("""
            run,status,step,lr,loss,hparam/accuracy,loss_train/loss
            exp1,success,2,0.1,1,0.9,7
            sweep,,0,,6,,
            sweep/1,success,0,0.2,5,,
            sweep/2,success,0,0.3,4,,

            """));
        Assert.That(
            ToolRun.Of("runs", Path.Combine(Runs, "exp1"), "--format", "csv", "--columns", "lr,loss").Output,
            Is.EqualTo("run,lr,loss\n.,0.1,1\nloss_train,,7\n"));
    }

    [Test]
    public void The_metrics_that_an_experiment_declares_come_first()
    {
        using (var writer = new SummaryWriter(Runs))
            writer.AddExperiment(new Experiment { Hyperparameters = [HyperparameterDomain.Between("lr", 0, 1)], Metrics = ["z", new("y", "val")] });
        WriteTrial("a", [("lr", 0.1)], [("x", [1]), ("z", [2])]);
        WriteTrial("a/val", null, [("y", [3])]);
        WriteTrial("b", [("lr", 0.2)], [("x", [4])]);
        Assert.That(Csv(), Is.EqualTo("run,status,step,lr,z,val/y,x\na,success,0,0.1,2,3,1\nb,success,0,0.2,,,4\n"));
    }

    [Test]
    public void The_table_fits_the_terminal_and_says_what_is_left_out([Values(40, 80, 200)] int width)
    {
        for (int i = 0; i < 3; i++)
        {
            WriteTrial(
                $"Nov21_09-44-59_a-host-with-a-long-name_lr{i}", [("lr", i), ("seed", 100_000_000 + i), ("epochs", 10)],
                [.. Enumerable.Range(0, 50).Select(tag => ($"metric{tag}", new[] { 1f / (i + 1) }))]);
        }

        string[] lines = In(width, "--sort", "best metric7").Output.Split('\n');
        Assert.That(lines.Take(5), Has.All.Length.LessThanOrEqualTo(Math.Max(width, 60)), "and what was asked for");
        Assert.That(lines[0], Does.Contain("run").And.Contain("step").And.Contain("min metric7"));
        Assert.That(lines[2], Does.Match("^  Nov21.*lr2 +success +0 .*0.33333"));
        Assert.That(lines[6], Is.EqualTo("3 runs"));
        Assert.That(lines[7], Is.EqualTo("The same in all: epochs 10."));
        Assert.That(lines[8], Does.StartWith("Not shown: ").And.Match(@"metric\d.* and \d+ more\. --columns").And.Contain("csv"));
        if (width == 80)
            Assert.That(lines[0], Does.Contain("lr").And.Contain("metric0"));
        if (width == 200)
            Assert.That(lines[2], Does.Contain("100000002").And.Contain("Nov21_09-44-59_a-host-with-a-long-name_lr2"));
    }

    [Test]
    public void Chosen_columns_are_all_shown_in_their_order()
    {
        WriteTrial("a", [("lr", 0.1), ("momentum", 0.9)], [("val/loss", [1, 2]), ("val/accuracy", [3]), ("x", [4])]);
        Assert.That(Csv("--columns", "min val/loss,val/*", "--columns", "momentum"), Is.EqualTo(
            "run,min val/loss,val/accuracy,val/loss,momentum\na,1,3,2,0.9\n"));
        string table = Of("--columns", "x,seconds,status").Output;
        Assert.That(table, Does.Match("^  run  +x  seconds  status\n─+\n  a  +4  +0[^ ]*  success\n\n1 run\n$"));
    }

    [Test]
    public void Markdown_is_a_table()
    {
        WriteTrial("a|b_1", [("lr", 0.1)], [("loss", [1])]);
        Assert.That(Of("--format", "markdown").Output, Is.EqualTo(
            "| run | status | step | lr | loss |\n|---|---|---:|---:|---:|\n| a\\|b\\_1 | success | 0 | 0.1 | 1 |\n"));
    }

    [Test]
    public void Names_cannot_command_the_terminal_or_calculate()
    {
        WriteTrial("a", [("=1+1", "\e[2J"), ("x,y", "@SUM(A1)"), ("z", -1)], [("loss\e[2J", [1])]);
        foreach (string format in (string[])["table", "csv", "markdown", "json"])
            Assert.That(Of("--format", format).Output, Does.Not.Contain("\e"), format);
        Assert.That(Csv(), Does.Contain("'=1+1,\"x,y\",z,").And.Contain("'@SUM(A1),-1,"));
    }

    [Test]
    public void Nothing_to_rank_is_nothing_to_read()
    {
        Directory.CreateDirectory(Runs);
        Assert.That(Of().ExitCode, Is.EqualTo(2));
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a")))
            writer.AddText("note", "x", 0);
        ToolRun run = Of();
        Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, "torchboard: No run has hyperparameters or scalars.\n")));
        WriteRun("b");
        Assert.That(Names(Of("--format", "csv")), Is.EqualTo((string[])["b"]));
    }

    [Test]
    public void Only_selected_runs_and_metrics_are_read()
    {
        WriteTrial("lr1", [("lr", 1)], [("a", [1]), ("b", [2])]);
        WriteTrial("lr2", [("lr", 2)], [("a", [3]), ("b", [4])]);
        Assert.That(Csv("--run", "*2", "--tag", "b"), Is.EqualTo("run,status,step,lr,b\nlr2,success,0,2,4\n"));
    }

    [Test]
    public void A_restarted_run_has_the_values_of_its_last_session()
    {
        WriteCurve("a", (0, 1), (1, 9), (2, 2));
        using (var writer = new SummaryWriter(Path.Combine(Runs, "a"), new() { PurgeStep = 1 }))
            writer.AddScalar("accuracy", 3, 1);
        Assert.That(Csv("--columns", "step,accuracy,max accuracy"), Is.EqualTo("run,step,accuracy,max accuracy\na,1,3,3\n"));
        Assert.That(Csv("--columns", "step,accuracy"), Is.EqualTo("run,step,accuracy\na,1,3\n"));
    }

    private static string[] Names(ToolRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];

    private string Csv(params string[] options) => Of([.. options, "--format", "csv"]).Output;

    private ToolRun Of(params string[] options) => ToolRun.Of(["runs", Runs, .. options]);

    private ToolRun In(int width, params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        int exitCode = TorchBoardCommand.RunAsync(["runs", Runs, .. options], new Terminal(output, TextWriter.Null) { Width = width })
            .GetAwaiter().GetResult();
        return new ToolRun(exitCode, output.ToString(), "");
    }

    private void WriteCurve(string name, params (long Step, float Value)[] points)
    {
        using var writer = new SummaryWriter(Path.Combine(Runs, name));
        foreach ((long step, float value) in points)
            writer.AddScalar("accuracy", value, step);
    }

    private void WriteTrial(
        string name, (string Name, Hyperparameter Value)[]? hyperparameters, (string Tag, float[] Values)[] metrics,
        RunStatus status = RunStatus.Success)
    {
        using var writer = new SummaryWriter(Path.Combine(Runs, name));
        if (hyperparameters is not null)
            writer.AddHyperparameters(hyperparameters);
        foreach ((string tag, float[] values) in metrics)
        {
            for (int step = 0; step < values.Length; step++)
                writer.AddScalar(tag, values[step], step);
        }

        if (hyperparameters is not null)
            writer.EndHyperparameters(status);
    }
}
