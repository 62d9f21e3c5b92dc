using TorchBoard.Events;
using TorchBoard.Histograms;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Reading;

internal sealed class RunLogTests
{
    [Test]
    public void Written_data_is_read_back()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            for (int i = 0; i < 1000; i++)
                writer.AddScalar("loss", i / 8f, i, DateTimeOffset.FromUnixTimeSeconds(5000 + i));
            writer.AddHistogram("weights", [1f, 2, 3, 4], 7);
            writer.AddText("notes", "**hello**", 8);
        }

        RunLog run = RunLog.Open(directory);

        ScalarSeries loss = run.Scalars["loss"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Name, Is.EqualTo(Path.GetFileName(directory.Path)));
            Assert.That(loss.Steps.ToArray(), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => (long)i)));
            Assert.That(loss.Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => i / 8.0)));
            Assert.That(loss.WallTimes.ToArray(), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => 5000.0 + i)));
            Assert.That(run.Histograms["weights"].Values[0].Sum, Is.EqualTo(10));
            Assert.That(run.Text["notes"].Values[0].ToString(), Is.EqualTo("**hello**"));
            Assert.That(run.Files.Single().EventCount, Is.EqualTo(1003));
        }
    }

    [Test]
    public void A_run_can_be_read_while_it_is_written()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 1, 0);
        writer.Flush();
        Assert.That(RunLog.Open(directory).Scalars["loss"].Count, Is.EqualTo(1));

        writer.AddScalar("loss", 2, 1);
        writer.Flush();
        Assert.That(RunLog.Open(directory).Scalars["loss"].Count, Is.EqualTo(2));
    }

    [Test]
    public void The_exception_for_a_missing_tag_names_the_nearest()
    {
        using var directory = new TestDirectory();
        string[] tags = ["loss/train", "loss/val", "accuracy/train", "lr"];
        EventBytes.Write(directory, [EventBytes.Opening(), .. tags.Select(tag => EventBytes.Scalar(tag, 0, 1))]);
        RunLog run = RunLog.Open(directory);

        var missing = Assert.Throws<KeyNotFoundException>(() => _ = run.Scalars["Loss/trian"]);
        Assert.That(missing.Message, Does.Contain("4 scalar tags").And.Contain("the nearest: 'loss/train'"));
        Assert.That(
            Assert.Throws<KeyNotFoundException>(() => _ = run.Images["x"]).Message,
            Does.Contain("there are no image tags"));
    }

    [Test]
    public void Only_selected_tags_are_read()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory,
            [EventBytes.Opening(), EventBytes.Scalar("a", 0, 1), EventBytes.Scalar("b", 0, 2),
                EventBytes.Scalar("a", 1, 3)]);

        RunLog run = RunLog.Open(directory, new RunLogOptions { Tags = tag => tag == "a" });

        Assert.That(run.Tags.Keys, Is.EqualTo(["a"]));
        Assert.That(run.Scalars["a"].Values.ToArray(), Is.EqualTo([1.0, 3]));
    }

    [Test]
    public void Kinds_not_selected_are_listed_but_not_stored()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        {
            writer.AddScalar("loss", 1, 3);
            writer.AddHistogram("weights", [1f], 4);
        }

        RunLog run = RunLog.Open(directory, new RunLogOptions { Kinds = [TagKind.Histogram] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars, Is.Empty);
            Assert.That(run.Tags["loss"], Has.Property("Count").EqualTo(1).And.Property("LastStep").EqualTo(3));
            Assert.That(run.Histograms["weights"].Count, Is.EqualTo(1));
        }
    }

    [Test]
    public void A_session_start_removes_its_step_and_later_ones_of_all_tags()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory,
            [EventBytes.Opening(), .. Points("a", 0, 5), .. Points("b", 0, 5)], "events.out.tfevents.0000000001.h.1.0");
        EventBytes.Write(directory,
            [EventBytes.Opening(), EventBytes.SessionStart(3), .. Points("a", 3, 2)],
            "events.out.tfevents.0000000002.h.1.0");

        RunLog run = RunLog.Open(directory);
        RunLog raw = RunLog.Open(directory, new RunLogOptions { ApplyRestarts = false });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Scalars["a"].Steps.ToArray(), Is.EqualTo([0L, 1, 2, 3, 4]));
            Assert.That(run.Scalars["b"].Steps.ToArray(), Is.EqualTo([0L, 1, 2]));
            Assert.That(raw.Scalars["a"].Steps.ToArray(), Is.EqualTo([0L, 1, 2, 3, 4, 3, 4]));
        }
    }

    [Test]
    public void A_second_file_without_a_session_start_removes_nothing()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(
            directory, [EventBytes.Opening(), .. Points("a", 0, 3)], "events.out.tfevents.0000000001.h.1.0");
        EventBytes.Write(
            directory, [EventBytes.Opening(), .. Points("a", 1, 2)], "events.out.tfevents.0000000002.h.1.0");
        Assert.That(RunLog.Open(directory).Scalars["a"].Steps.ToArray(), Is.EqualTo([0L, 1, 2, 1, 2]));
    }

    [Test]
    public void New_style_and_legacy_values_are_read_alike()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory,
        [
            EventBytes.Opening(),
            EventBytes.Record(
                0, Tensor("h", "histograms", DataType.DtDouble, [2, 3], t => t.DoubleVal.AddRange([0, 1, 5, 1, 3, 2]))),
            EventBytes.Record(
                0, Tensor("i", "images", DataType.DtString, [4], t => Strings(t, "30", "20", "GIF89a..", "BM"))),
            EventBytes.Record(0, Tensor("c", "audio", DataType.DtString, [1, 2], t => Strings(t, "RIFF", "a *label*"))),
            EventBytes.Record(0, Tensor("t", "text", DataType.DtString, [2, 2], t => Strings(t, "a", "b", "c", "d"))),
            EventBytes.Record(
                0,
                Tensor(
                    "p", "pr_curves", DataType.DtFloat, [6, 2],
                    t => t.FloatVal.AddRange(Enumerable.Range(0, 12).Select(i => (float)i)))),
            EventBytes.Record(0, Tensor("x", "mine", DataType.DtInt64, [3], t => t.Int64Val.Add(-7))),
        ]);

        RunLog run = RunLog.Open(directory);

        Histogram histogram = run.Histograms["h"].Values[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Errors, Is.Empty);
            Assert.That(histogram.Limits.ToArray(), Is.EqualTo([1.0, 3]));
            Assert.That(histogram.Counts.ToArray(), Is.EqualTo([5.0, 2]));
            Assert.That((histogram.Min, histogram.Max, histogram.Count), Is.EqualTo((0.0, 3.0, 7.0)));
            Assert.That(
                run.Images["i"].Values[0].Select(i => (i.Width, i.Height, i.Format)),
                Is.EqualTo([(30, 20, "gif"), (30, 20, "bmp")]));
            Assert.That(run.Audio["c"].Values[0].Single().Label, Is.EqualTo("a *label*"));
            Assert.That(run.Text["t"].Values[0].Shape.ToArray(), Is.EqualTo([2, 2]));
            Assert.That(run.Text["t"].Values[0].ToString(), Is.EqualTo("a\tb\nc\td"));
            Assert.That(run.PrCurves["p"].Values[0].Precision.ToArray(), Is.EqualTo([8.0, 9]));
            Assert.That(
                run.Tensors["x"].Values[0].ToDoubles(), Is.EqualTo([-7.0, -7, -7]), "the last value fills the shape");
        }
    }

    [Test]
    public void A_value_that_does_not_match_its_tag_is_reported_and_the_rest_is_read()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory,
        [
            EventBytes.Opening(),
            EventBytes.Record(
                0, Tensor("p", "pr_curves", DataType.DtFloat, [5, 2], t => t.FloatVal.AddRange(new float[10]))),
            EventBytes.Record(
                1, Tensor("h", "histograms", DataType.DtInvalid, [1, 3], t => t.FloatVal.AddRange(new float[3]))),
            EventBytes.Record(2, Tensor("s", "scalars", DataType.DtString, [], t => Strings(t, "no number"))),
            EventBytes.Record(3, Tensor("x", "", DataType.DtFloat, [1L << 40, 1L << 40], t => t.FloatVal.Add(1))),
            EventBytes.Scalar("loss", 4, 5),
        ]);

        RunLog run = RunLog.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Errors, Has.Count.EqualTo(4));
            Assert.That(run.Errors.Select(e => e.Reason), Has.Some.Contains("[6, thresholds]"));
            Assert.That(run.Scalars["loss"].Values.ToArray(), Is.EqualTo([5.0]));
        }
    }

    [Test]
    public void Streaming_yields_each_event_with_its_position()
    {
        using var directory = new TestDirectory();
        byte[][] records = [EventBytes.Opening(), EventBytes.SessionStart(2), EventBytes.Scalar("a", 2, 7)];
        string path = EventBytes.Write(directory, records);

        LoggedEvent[] events = [.. RunLog.ReadEvents(directory)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                events.Select(e => e.Offset),
                Is.EqualTo([0L, records[0].Length, records[0].Length + records[1].Length]));
            Assert.That(events.Select(e => e.File), Is.All.EqualTo(path));
            Assert.That(events[0].FileVersion, Is.EqualTo("brain.Event:2"));
            Assert.That(events[1].IsSessionStart, Is.True);
            Assert.That(events[2].Values.Single().Value, Is.EqualTo(7.0));
            Assert.That(events[2].Payload.ToArray(), Is.EqualTo(records[2][12..^4]));
        }
    }

    [Test]
    public void Missing_event_files_are_reported_clearly()
    {
        using var directory = new TestDirectory();
        File.WriteAllText(Path.Combine(directory, "notes.txt"), "hello");
        File.WriteAllText(Path.Combine(directory, "README.md"), "This is a text and no event file at all.");
        string missing = Path.Combine(directory, "missing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => RunLog.Open(missing), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains(missing));
            Assert.That(
                () =>
                    RunLog.Open(Path.Combine(directory, EventBytes.FileName)), Throws.TypeOf<FileNotFoundException>());
            Assert.That(
                () => RunLog.Open(directory), Throws.TypeOf<InvalidDataException>()
                    .With.Message.Contains("no event file"));
            Assert.That(
                () => LogDirectory.Open(directory), Throws.TypeOf<InvalidDataException>()
                    .With.Message.Contains("no event file"));
            Assert.That(
                () => RunLog.Open(Path.Combine(directory, "notes.txt")),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("is not an event file"));
            Assert.That(
                () => RunLog.Open(Path.Combine(directory, "README.md")),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("is not an event file"));
        }
    }

    [Test]
    public void Each_file_is_described_as_it_was_read()
    {
        using var directory = new TestDirectory();
        byte[] scalar = EventBytes.Scalar("loss", 1, 2);
        string whole = EventBytes.Write(directory, [EventBytes.Opening(), scalar], "events.out.tfevents.0000000001.a");
        string torn = EventBytes.Write(directory, [EventBytes.Opening(), scalar[..^1]], "events.out.tfevents.0000000002.a");
        var told = new List<EventFileInfo>();
        RunLog run = RunLog.Open(directory, new RunLogOptions { OnFileRead = told.Add });

        int opening = EventBytes.Opening().Length;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Files, Is.EqualTo(new[]
            {
                new EventFileInfo
                {
                    Path = whole, Length = opening + scalar.Length, ReadableLength = opening + scalar.Length,
                    EventCount = 2, HasTruncatedTail = false,
                },
                new EventFileInfo
                {
                    Path = torn, Length = opening + scalar.Length - 1, ReadableLength = opening,
                    EventCount = 1, HasTruncatedTail = true,
                },
            }));
            Assert.That(told, Is.EqualTo(run.Files));
            Assert.That((run.HasTruncatedTail, run.Path, run.Name), Is.EqualTo((true, directory.Path, Path.GetFileName(directory.Path))));
        }

        told.Clear();
        Assert.That(RunLog.ReadEvents(directory, new RunLogOptions { OnFileRead = told.Add }).Count(), Is.EqualTo(3));
        Assert.That(told, Is.EqualTo(run.Files));
    }

    [Test]
    public void Restarts_and_graphs_are_left_out_on_request()
    {
        using var directory = new TestDirectory();
        byte[] graph = EventRecord.Encode(new Event { Step = 3, WallTime = 7, GraphDef = Google.Protobuf.ByteString.Empty });
        EventBytes.Write(
            directory, [EventBytes.Opening(), graph, EventBytes.Scalar("x", 5, 1), EventBytes.SessionStart(4), EventBytes.Scalar("x", 4, 2)]);
        RunLog all = RunLog.Open(directory, new RunLogOptions { ApplyRestarts = false, Graphs = false });
        RunLog intended = RunLog.Open(directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Scalars["x"].Steps.ToArray(), Is.EqualTo([5L, 4]));
            Assert.That(all.Graphs, Is.Empty);
            Assert.That(intended.Scalars["x"].Steps.ToArray(), Is.EqualTo([4L]));
            Assert.That(intended.Graphs.Single().Step, Is.EqualTo(3));
            Assert.That(intended.Graphs[0].WallTime, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(7)));
        }
    }

    [Test]
    public void An_event_has_its_version_or_graph_or_session_start()
    {
        using var directory = new TestDirectory();
        byte[] graph = EventRecord.Encode(new Event { GraphDef = Google.Protobuf.ByteString.CopyFrom(1, 2, 3) });
        EventBytes.Write(directory, [EventBytes.Opening(), graph, EventBytes.SessionStart(4), EventBytes.Scalar("x", 4, 2)]);
        LoggedEvent[] events = [.. RunLog.ReadEvents(directory)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(events.Select(e => e.FileVersion), Is.EqualTo(new[] { "brain.Event:2", null, null, null }));
            Assert.That(events.Select(e => e.GraphDef.ToArray()), Is.EqualTo(new byte[][] { [], [1, 2, 3], [], [] }));
            Assert.That(events.Select(e => e.IsSessionStart), Is.EqualTo(new[] { false, false, true, false }));
            Assert.That(events.Select(e => e.Content), Is.EqualTo(
                new[] { EventContent.FileVersion, EventContent.Graph, EventContent.SessionLog, EventContent.Summary }));
            Assert.That(events[0].WallTime, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1.5)));
            Assert.That(events[3].Values.Select(value => (value.Tag, value.Kind, value.PluginName, value.Scalar)), Is.EqualTo(
                new[] { ("x", TagKind.Scalar, "", 2.0) }));
        }

        Assert.That(
            RunLog.ReadEvents(directory, new RunLogOptions { Kinds = [TagKind.Image] }).Select(e => e.Content),
            Is.EqualTo(events[..3].Select(e => e.Content)), "events without a selected value are omitted");
    }

    [Test]
    public void An_empty_file_is_a_run_without_events()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, []);
        RunLog run = RunLog.Open(directory);
        Assert.That((run.Tags.Count, run.HasTruncatedTail, run.Errors.Count), Is.EqualTo((0, false, 0)));
    }

    [Test]
    public void Runs_are_named_by_their_path_below_the_log_directory()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Opening()]);
        EventBytes.Write(Path.Combine(directory, "a", "b"), [EventBytes.Opening(), EventBytes.Scalar("x", 0, 1)]);
        Directory.CreateDirectory(Path.Combine(directory, "empty"));

        LogDirectory logs = LogDirectory.Open(directory);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(logs.Runs.Keys, Is.EqualTo([".", "a/b"]));
            Assert.That(logs.Runs["a/b"].Open().Name, Is.EqualTo("a/b"));
            Assert.That(() => logs.Runs["a/c"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'a/b'"));
        }
    }

    private static IEnumerable<byte[]> Points(string tag, int first, int count) =>
        Enumerable.Range(first, count).Select(step => EventBytes.Scalar(tag, step, step));

    private static void Strings(TensorProto tensor, params string[] strings) =>
        tensor.StringVal.AddRange(strings.Select(Google.Protobuf.ByteString.CopyFromUtf8));

    private static Summary.Types.Value Tensor(
        string tag, string plugin, DataType type, long[] shape, Action<TensorProto> fill)
    {
        var tensor = new TensorProto { Dtype = type, TensorShape = new TensorShapeProto() };
        tensor.TensorShape.Dim.AddRange(shape.Select(size => new TensorShapeProto.Types.Dim { Size = size }));
        fill(tensor);
        return new Summary.Types.Value { Tag = tag, Tensor = tensor, Metadata = EventBytes.Plugin(plugin) };
    }
}
