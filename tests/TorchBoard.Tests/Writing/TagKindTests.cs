using TorchBoard.CustomScalars;
using TorchBoard.Figures;
using TorchBoard.Graphs;
using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;
using TorchBoard.Tests.Monitoring;

namespace TorchBoard.Tests.Writing;

/// <summary>A tag of a run has values of one kind.</summary>
internal sealed class TagKindTests
{
    private static readonly Dictionary<string, Hyperparameter> Trial = new() { ["rate"] = 0.1 };

    private static readonly (string Kind, string Call, Action<SummaryWriter, string> Add)[] Calls =
    [
        ("scalars", "AddScalar", (writer, tag) => writer.AddScalar(tag, 1, 0)),
        ("scalars", "AddDeferredScalar", (writer, tag) => writer.AddDeferredScalar(tag, () => 1, 0)),
        ("histograms", "AddHistogram", (writer, tag) => writer.AddHistogram(tag, [1f, 2f], 0)),
        ("histograms", "AddDeferredHistogram", (writer, tag) =>
            writer.AddDeferredHistogram(tag, () => Histogram.Of<float>([1f]), 8, 0)),
        ("images", "AddImage", (writer, tag) => writer.AddImage(tag, (byte[])[1], 0, ImageLayout.Hw, [1, 1])),
        ("images", "AddImages", (writer, tag) =>
            writer.AddImages(tag, (byte[])[1], 0, ImageLayout.Nhw, [1, 1, 1], new ImageGridOptions())),
        ("images", "AddVideo", (writer, tag) =>
            writer.AddVideo(tag, (byte[])[1, 2, 3], 0, VideoLayout.Thwc, [1, 1, 1, 3])),
        ("images", "AddFigure", (writer, tag) => writer.AddFigure(tag, new Figure().Line<float>([1f, 2f]), 0)),
        ("images", "AddDeferredFigure", (writer, tag) =>
            writer.AddDeferredFigure(tag, () => new Figure().Line<float>([1f, 2f]), 0)),
        ("audio clips", "AddAudio", (writer, tag) => writer.AddAudio(tag, [0f, 1f], 0)),
        ("audio clips", "AddAudioClips", (writer, tag) => writer.AddAudioClips(tag, (float[][])[[0f, 1f]], 0)),
        ("text", "AddText", (writer, tag) => writer.AddText(tag, "text", 0)),
        ("text", "AddTable", (writer, tag) => writer.AddTable(tag, ["a"], [["1"]], 0)),
        ("PR curves", "AddPrCurve", (writer, tag) => writer.AddPrCurve(tag, [true, false], [0.5f, 0.1f], 0)),
        ("PR curves", "AddPrCurveRaw", (writer, tag) =>
            writer.AddPrCurveRaw(tag, [1f, 1], [1f, 1], [1f, 1], [1f, 1], [1f, 1], [1f, 1], 0)),
        ("tensors", "AddTensor", (writer, tag) => writer.AddTensor(tag, [1f, 2f], 0, [2])),
        ("tensors", "AddTensor of strings", (writer, tag) => writer.AddTensor(tag, ["a"], 0, [1])),
        ("execution statistics", "AddRunMetadata", (writer, tag) =>
            writer.AddRunMetadata(tag, [new NodeStatistics("fc", TimeSpan.FromSeconds(1))], 0)),
        ("conceptual graphs", "AddConceptualGraph", (writer, tag) =>
            writer.AddConceptualGraph(tag, [new ModelLayer("fc", "Dense")], 0)),
    ];

    // Tags that a call writes beside the one it is given.
    private static readonly (string Tag, string Kind, Action<SummaryWriter> Add)[] Parts =
    [
        ("mesh_VERTEX", "meshes", writer => writer.AddMesh("mesh", [0f, 0, 0], 0)),
        ("mesh_FACE", "meshes", writer => writer.AddMesh("mesh", [0f, 0, 0], 0, faces: [0, 0, 0])),
        ("mesh_COLOR", "meshes", writer => writer.AddMesh("mesh", [0f, 0, 0], 0, colors: [0, 0, 0])),
        ("w/nonfinite", "scalars", writer => writer.AddHistogram("w", [1f], 0)),
        ("pr/1", "PR curves", writer => writer.AddPrCurves("pr", [0, 1], [0.1f, 0.9f, 0.8f, 0.2f], 0)),
        ("custom_scalars__config__", "a layout of custom scalars", writer => writer.AddCustomScalars(Layout())),
        ("__run_graph__", "graphs", writer => writer.AddGraph(new GraphBuilder().Add("in", "Relu").Build())),
        ("_hparams_/session_start_info", "hyperparameters", writer => writer.AddHyperparameters(Trial)),
        ("_hparams_/session_end_info", "hyperparameters", writer => writer.AddHyperparameters(Trial)),
        ("_hparams_/experiment", "hyperparameters", writer => writer.AddExperiment(new Experiment
        {
            Hyperparameters = [HyperparameterDomain.Between("rate", 0, 1)],
            Metrics = [new ExperimentMetric("loss")],
        })),
    ];

    [Test]
    public void Calls_of_one_kind_share_a_tag_and_all_others_are_refused_by_name()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using (Assert.EnterMultipleScope())
        {
            foreach ((string firstKind, string first, Action<SummaryWriter, string> addFirst) in Calls)
            {
                foreach ((string secondKind, string second, Action<SummaryWriter, string> addSecond) in Calls)
                {
                    string tag = $"{first} and {second}";
                    addFirst(writer, tag);
                    if (firstKind == secondKind)
                        addSecond(writer, tag);
                    else
                        Refusal.Of("tag", () => addSecond(writer, tag), $"'{tag}'", firstKind, secondKind);
                    addFirst(writer, tag);
                }
            }
        }
    }

    [Test]
    public void A_tag_that_is_written_along_has_a_kind_too()
    {
        foreach ((string tag, string kind, Action<SummaryWriter> add) in Parts)
        {
            using var directory = new TestDirectory();
            using var writer = new SummaryWriter(directory);
            using SummaryWriter reversed = writer.OpenSubRun("reversed");
            add(writer);
            Refusal.Of("tag", () => writer.AddText(tag, "t", 0), $"'{tag}'", kind, "text");

            reversed.AddText(tag, "t", 0);
            Refusal.Of("tag", () => add(reversed), $"'{tag}'", kind, "text");
        }
    }

    [Test]
    public void A_refused_call_claims_none_of_its_tags()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("mesh_FACE", 1, 0);
        Refusal.Of("tag", () => writer.AddMesh("mesh", [0f, 0, 0], 0, faces: [0, 0, 0]), "mesh_FACE");
        writer.AddScalar("mesh_VERTEX", 1, 0);

        Refusal.Of("predictions", () => writer.AddPrCurve<float>("pr", [true], [], 0));
        writer.AddScalar("pr", 1, 0);
    }

    [Test]
    public void Other_runs_and_series_have_kinds_of_their_own()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        using SummaryWriter sub = writer.OpenSubRun("sub");
        writer.AddHistogram("x", [1f], 0);
        writer.AddScalars("x", [("a", 1f), ("b", 2f)], 0);
        sub.AddScalar("x", 1, 0);
        sub.AddScalar("y", 1, 0);
        writer.AddText("y", "t", 0);
        Refusal.Of("tag", () => writer.AddScalar("x", 1, 0), "'x'", "histograms", "scalars");
        Refusal.Of("tag", () => writer.AddScalar("y", 1, 0), "'y'", "text", "scalars");
    }

    [Test]
    public void A_described_tag_has_one_kind()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.Describe("w", "weights");
        writer.AddScalar("w", 1, 0);
        Refusal.Of("tag", () => writer.AddHistogram("w", [1f], 0), "'w'");
        writer.Describe("h", "weights");
        writer.AddHistogram("h", [1f], 0);
        Refusal.Of("tag", () => writer.AddScalar("h", 1, 0), "'h'");
    }

    [Test]
    public void The_first_of_two_threads_wins_and_the_other_is_always_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        for (int round = 0; round < 300; round++)
        {
            string tag = $"tag{round}";
            int[] accepted = new int[2];
            using var start = new Barrier(2);
            var other = new Thread(() => Try(1, step => writer.AddHistogram(tag, [1f], step)));
            other.Start();
            Try(0, step => writer.AddScalar(tag, 1, step));
            other.Join();
            Assert.That(accepted.Order(), Is.EqualTo([0, 3]), tag);

            void Try(int who, Action<long> add)
            {
                start.SignalAndWait();
                for (int step = 0; step < 3; step++)
                {
                    try
                    {
                        add(step);
                        accepted[who]++;
                    }
                    catch (ArgumentException e) when (e.ParamName == "tag")
                    {
                    }
                }
            }
        }
    }

    [Test]
    public void A_second_layout_of_custom_scalars_is_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddCustomScalars(Layout());
        Assert.That(
            () => writer.AddCustomScalars(Layout()),
            Throws.InvalidOperationException.With.Message.Contains("already has a layout"));
        using SummaryWriter sub = writer.OpenSubRun("sub");
        sub.AddCustomScalars(Layout());
    }

    [Test]
    public void The_monitor_skips_a_tag_of_another_kind()
    {
        using var directory = new TestDirectory();
        var time = new ManualClock();
        using (var writer = new SummaryWriter(directory, new SummaryWriterOptions { TimeProvider = time }))
        {
            writer.AddText("system/thread_pool_queue", "t", 0);
            using IDisposable monitor = writer.MonitorSystem();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        RunLog log = RunLog.Open(directory);
        Assert.That(log.Scalars.Keys, Is.Not.Empty.And.None.EqualTo("system/thread_pool_queue"));
    }

    private static CustomScalarsLayout Layout() => new(new ChartCategory("c", new MultilineChart("m", "loss")));
}
