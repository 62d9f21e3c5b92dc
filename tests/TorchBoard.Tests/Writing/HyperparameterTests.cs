using Google.Protobuf.WellKnownTypes;
using TorchBoard.Hyperparameters;
using TorchBoard.Protos;
using TorchBoard.Protos.Hyperparameters;
using Experiment = TorchBoard.Hyperparameters.Experiment;
using Wire = TorchBoard.Protos.Hyperparameters;

namespace TorchBoard.Tests.Writing;

internal sealed class HyperparameterTests
{
    private const string StartTag = "_hparams_/session_start_info";
    private const string EndTag = "_hparams_/session_end_info";
    private const string ExperimentTag = "_hparams_/experiment";

    [Test]
    public void Each_value_is_written_with_its_type()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHyperparameters(new Dictionary<string, Hyperparameter>
            {
                ["double"] = 1e-3,
                ["float"] = 0.1f,
                ["int"] = 32,
                ["long"] = 1L << 53,
                ["text"] = "adam",
                ["truth"] = false,
            });
        }

        SessionStartInfo info = Content(directory, StartTag).SessionStartInfo;
        Assert.That(info.Hparams, Is.EquivalentTo(new Dictionary<string, Value>
        {
            ["double"] = Value.ForNumber(1e-3),
            ["float"] = Value.ForNumber(0.1),
            ["int"] = Value.ForNumber(32),
            ["long"] = Value.ForNumber(9007199254740992),
            ["text"] = Value.ForString("adam"),
            ["truth"] = Value.ForBool(false),
        }));
    }

    [Test]
    public void Hyperparameters_are_in_the_run_without_an_experiment_that_would_hide_metrics()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHyperparameters(new Dictionary<string, Hyperparameter> { ["lr"] = 1 });
            writer.AddScalar("accuracy", 0.5f, 0);
        }

        Assert.That(directory.EventFiles(), Has.Length.EqualTo(1));
        Assert.That(
            WrittenEvents.InRun(directory)
                .Where(e => e.Summary is not null)
                .SelectMany(e => e.Summary.Value)
                .Select(v => v.Tag),
            Is.EqualTo(new[] { StartTag, "accuracy" }));
    }

    [Test]
    public void A_trial_has_a_name_times_and_an_end()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHyperparameters(
                new Dictionary<string, Hyperparameter> { ["lr"] = 1 },
                new HyperparameterOptions
                {
                    GroupName = "wide",
                    StartTime = DateTimeOffset.FromUnixTimeSeconds(1000),
                    MonitorUrl = "http://monitor",
                    ModelUri = "file://model",
                    StatusWhenDisposed = RunStatus.Success,
                });
            writer.EndHyperparameters(RunStatus.Failure, DateTimeOffset.FromUnixTimeSeconds(2000));
        }

        SessionStartInfo start = Content(directory, StartTag).SessionStartInfo;
        SessionEndInfo end = Content(directory, EndTag).SessionEndInfo;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(start.GroupName, Is.EqualTo("wide"));
            Assert.That(start.StartTimeSecs, Is.EqualTo(1000));
            Assert.That((start.MonitorUrl, start.ModelUri), Is.EqualTo(("http://monitor", "file://model")));
            Assert.That((end.Status, end.EndTimeSecs), Is.EqualTo((Status.Failure, 2000d)));
        }
    }

    [Test]
    public void Dispose_records_the_requested_status()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddHyperparameters(
                new Dictionary<string, Hyperparameter> { ["lr"] = 1 },
                new HyperparameterOptions { StatusWhenDisposed = RunStatus.Failure });
        }

        Assert.That(Content(directory, EndTag).SessionEndInfo.Status, Is.EqualTo(Status.Failure));
    }

    [Test]
    public void Dispose_records_no_status_otherwise()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddHyperparameters(new Dictionary<string, Hyperparameter> { ["lr"] = 1 });
        Assert.That(WrittenEvents.Values(directory, EndTag), Is.Empty);
    }

    [Test]
    public void Values_that_TensorBoard_does_not_read_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        var values = new Dictionary<string, Hyperparameter> { ["lr"] = 1 };
        Assert.That(() => writer.EndHyperparameters(RunStatus.Success), Throws.InvalidOperationException);
        writer.AddHyperparameters(values);
        Assert.That(() => writer.AddHyperparameters(values), Throws.InvalidOperationException);
        writer.EndHyperparameters(RunStatus.Success);
        Assert.That(() => writer.EndHyperparameters(RunStatus.Success), Throws.InvalidOperationException);
    }

    [Test]
    public void An_experiment_names_domains_and_metrics()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddExperiment(new Experiment
            {
                Description = "a sweep",
                Hyperparameters =
                [
                    HyperparameterDomain.Between("lr", 1e-4, 0.1),
                    HyperparameterDomain.OneOf("optimizer", "adam", "sgd"),
                    HyperparameterDomain.OneOf("amsgrad", true, false),
                    HyperparameterDomain.OneOf("width", 16, 32),
                ],
                Metrics = ["loss", new ExperimentMetric("accuracy", "validation", "held-out accuracy")],
            });
        }

        Wire.Experiment experiment = Content(directory, ExperimentTag).Experiment;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(experiment.Description, Is.EqualTo("a sweep"));
            Assert.That(
                experiment.HparamInfos.Select(info => (info.Name, info.Type)),
                Is.EqualTo(new[]
                {
                    ("lr", Wire.DataType.Float64), ("optimizer", Wire.DataType.String), ("amsgrad", Wire.DataType.Bool),
                    ("width", Wire.DataType.Float64),
                }));
            Assert.That(
                experiment.HparamInfos[0].DomainInterval, Is.EqualTo(new Interval { MinValue = 1e-4, MaxValue = 0.1 }));
            Assert.That(
                experiment.HparamInfos[1].DomainDiscrete.Values,
                Is.EqualTo(new[] { Value.ForString("adam"), Value.ForString("sgd") }));
            Assert.That(
                experiment.MetricInfos.Select(metric => (metric.Name.Group, metric.Name.Tag, metric.DisplayName)),
                Is.EqualTo(new[] { ("", "loss", ""), ("validation", "accuracy", "held-out accuracy") }));
        }
    }

    [Test]
    public void Invalid_arguments_are_rejected_by_name()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (Assert.EnterMultipleScope())
        {
            AssertRefused("values", "none", () => writer.AddHyperparameters(new Dictionary<string, Hyperparameter>()));
            AssertRefused("values", "lr", () => Add("lr", double.NaN));
            AssertRefused("values", "lr", () => Add("lr", float.PositiveInfinity));
            AssertRefused("values", "opt", () => Add("opt", (string?)null));
            AssertRefused("values", "opt", () => Add("opt", default));
            AssertRefused("values", "empty", () => Add("", 1));
            AssertRefused("values", "Unicode", () => Add("\uD800", 1));
            AssertRefused("max", "lr", () => HyperparameterDomain.Between("lr", 1, 0));
            AssertRefused("max", "lr", () => HyperparameterDomain.Between("lr", double.NaN, 0));
            AssertRefused("values", "lr", () => HyperparameterDomain.OneOf("lr"));
            AssertRefused("values", "lr", () => HyperparameterDomain.OneOf("lr", 1, "two"));
            AssertRefused("values", "lr", () => HyperparameterDomain.OneOf("lr", double.NaN));
            AssertRefused("experiment", "0 metrics", () => writer.AddExperiment(
                new Experiment { Hyperparameters = [HyperparameterDomain.OneOf("a", 1)], Metrics = [] }));
            AssertRefused("experiment", "twice", () => writer.AddExperiment(
                new Experiment { Hyperparameters = [HyperparameterDomain.OneOf("a", 1)], Metrics = ["m", "m"] }));

            void Add(string name, Hyperparameter value) =>
                writer.AddHyperparameters(new Dictionary<string, Hyperparameter> { [name] = value });
        }

        Assert.That(WrittenEvents.InRun(directory), Has.Count.EqualTo(1));
    }

    private static void AssertRefused(string argument, string message, Action call) => Assert.That(
        call,
        Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(argument)
            .And.Message.Contains(message));

    private static HParamsPluginData Content(string directory, string tag)
    {
        SummaryMetadata metadata = WrittenEvents.Single(directory, tag).Metadata;
        Assert.That(metadata.PluginData.PluginName, Is.EqualTo("hparams"));
        return HParamsPluginData.Parser.ParseFrom(metadata.PluginData.Content);
    }
}
