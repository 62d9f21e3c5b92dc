using Google.Protobuf;
using Grpc.Core;
using TorchBoard.Protos;
using TorchBoard.Server.Protos;

namespace TorchBoard.Server.Tests;

/// <summary>What a gRPC client gets, in the forms in which TensorBoard's plugins expect it.</summary>
internal sealed class DataProviderTests
{
    [Test]
    public async Task Runs_are_listed_by_their_start_and_the_plugins_are_those_of_their_tags()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            Write(Path.Combine(directory, "b"), writer => writer.AddScalar("loss", 1, 0));
            Write(Path.Combine(directory, "a", "c"), writer => writer.AddText("text", "hello", 0));
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(served.Client.Runs(), Is.EqualTo(["b", "a/c"]));
            Assert.That(
                served.Client.Stub.ListPlugins(new ListPluginsRequest()).Plugins.Select(plugin => plugin.Name),
                Is.EqualTo(["scalars", "text"]));
            Assert.That(
                served.Client.Stub.GetExperiment(new GetExperimentRequest()).DataLocation, Is.EqualTo(served.Server.Runs.Path));
        }
    }

    [Test]
    public async Task Scalars_have_their_steps_wall_times_and_values_and_what_a_list_needs()
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(1000);
        await using ServedRuns served = await ServedRuns.StartAsync(directory => Write(directory, writer =>
        {
            for (int step = 0; step < 5; step++)
                writer.AddScalar("loss", step == 3 ? float.NaN : 0.5f * step, 10 * step, at.AddSeconds(step));
            writer.AddScalar("other", 1, 0);
        }));

        ScalarData data = served.Client.Scalars(".", "loss");
        ListScalarsResponse list = served.Client.Stub.ListScalars(
            new ListScalarsRequest { PluginFilter = Client.Plugin("scalars") });
        ListScalarsResponse.Types.TagEntry tag = list.Runs.Single().Tags.First();
        SummaryMetadata metadata = SummaryMetadata.Parser.ParseFrom(tag.Metadata.SummaryMetadata);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data.Step, Is.EqualTo([0L, 10, 20, 30, 40]));
            Assert.That(data.WallTime, Is.EqualTo([1000.0, 1001, 1002, 1003, 1004]));
            Assert.That(data.Value, Is.EqualTo([0, 0.5f, 1, float.NaN, 2]));
            Assert.That(list.Runs.Single().Tags.Select(one => one.TagName), Is.EqualTo(["loss", "other"]));
            Assert.That((tag.Metadata.MaxStep, tag.Metadata.MaxWallTime), Is.EqualTo((40L, 1004.0)));
            Assert.That(
                (metadata.PluginData.PluginName, metadata.DataClass, metadata.DisplayName),
                Is.EqualTo(("scalars", DataClass.Scalar, "loss")));
        }
    }

    [Test]
    public async Task Scalars_that_are_doubles_are_shown()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory,
            RawEvents.Value(
                1, "loss", new TensorProto { Dtype = DataType.DtDouble, DoubleVal = { 0.25 } }, "scalars", DataClass.Scalar)));

        Assert.That(served.Client.Scalars(".", "loss").Value, Is.EqualTo([0.25f]));
    }

    [Test]
    public async Task A_description_and_a_display_name_are_passed_on()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => Write(directory, writer =>
        {
            writer.Describe("loss", "Loss", "of *training*");
            writer.AddScalar("loss", 1, 0);
        }));

        SummaryMetadata metadata = SummaryMetadata.Parser.ParseFrom(
            served.Client.Stub.ListScalars(new ListScalarsRequest { PluginFilter = Client.Plugin("scalars") })
                .Runs.Single().Tags.Single().Metadata.SummaryMetadata);
        Assert.That((metadata.DisplayName, metadata.SummaryDescription), Is.EqualTo(("Loss", "of *training*")));
    }

    [Test]
    public async Task Fewer_points_are_sent_if_fewer_are_asked_for_and_the_last_alone_if_one()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => Write(directory, writer =>
        {
            for (int step = 0; step < 500; step++)
                writer.AddScalar("loss", step == 123 ? 1000 : 1, step);
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(served.Client.Scalars(".", "loss", 1).Step, Is.EqualTo([499L]));
            ScalarData few = served.Client.Scalars(".", "loss", 50);
            Assert.That(few.Step, Has.Count.LessThanOrEqualTo(50).And.Contains(123L), "the spike");
        }
    }

    [Test]
    public async Task A_legacy_histogram_becomes_a_tensor_without_its_infinite_limits()
    {
        var histogram = new HistogramProto { Min = -1, Max = 2, Num = 3 };
        histogram.BucketLimit.Add([-1.5, 0, 1, 2.5, double.MaxValue]);
        histogram.Bucket.Add([0, 1, 0, 2, 0]);
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory, RawEvents.Value(7, new Summary.Types.Value { Tag = "weights", Histo = histogram })));

        TensorProto tensor = TensorProto.Parser.ParseFrom(served.Client.Tensors(".", "weights", "histograms").Value.Single());
        float[] numbers = new float[9];
        Buffer.BlockCopy(tensor.TensorContent.ToByteArray(), 0, numbers, 0, 36);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tensor.TensorShape.Dim.Select(dim => dim.Size), Is.EqualTo([3L, 3]));
            Assert.That(numbers, Is.EqualTo([-1f, 0, 1, 0, 1, 0, 1, 2, 2]));
        }
    }

    [Test]
    public async Task Hyperparameters_are_metadata_with_a_tensor_in_place_of_the_value()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => Write(
            directory, writer => writer.AddHyperparameters([("rate", 0.1)])));

        ListTensorsResponse list = served.Client.Stub.ListTensors(
            new ListTensorsRequest { PluginFilter = Client.Plugin("hparams") });
        string tag = list.Runs.Single().Tags.First().TagName;
        TensorProto tensor = TensorProto.Parser.ParseFrom(served.Client.Tensors(".", tag, "hparams").Value.Single());
        Assert.That((tensor.Dtype, tensor.TensorShape.Dim.Single().Size), Is.EqualTo((DataType.DtFloat, 0L)));
    }

    [Test]
    public async Task Images_are_their_size_and_bytes_which_a_key_gets()
    {
        byte[] png = [1, 2, 3];
        var image = new Summary.Types.Image { Width = 4, Height = 5, EncodedImageString = ByteString.CopyFrom(png) };
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory, RawEvents.Value(7, new Summary.Types.Value { Tag = "a/b ü", Image = image })));

        BlobSequenceData data = served.Client.Blobs(".", "a/b ü", "images");
        string[] keys = [.. data.Values.Single().BlobRefs.Select(reference => reference.BlobKey)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data.Step, Is.EqualTo([7L]));
            Assert.That(keys, Is.All.Match("^[A-Za-z0-9_-]+$"), "parts of a URL");
            Assert.That(await served.Client.BlobAsync(keys[0]), Is.EqualTo("4"u8.ToArray()));
            Assert.That(await served.Client.BlobAsync(keys[1]), Is.EqualTo("5"u8.ToArray()));
            Assert.That(await served.Client.BlobAsync(keys[2]), Is.EqualTo(png));
        }
    }

    [Test]
    public async Task Clips_are_sent_without_their_labels()
    {
        var clips = new TensorProto { Dtype = DataType.DtString, TensorShape = RawEvents.Shape(2, 2) };
        clips.StringVal.Add(new[] { "one", "label", "two", "label" }.Select(ByteString.CopyFromUtf8));
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory, RawEvents.Value(1, "clip", clips, "audio", DataClass.Unknown)));

        BlobReferenceSequence references = served.Client.Blobs(".", "clip", "audio").Values.Single();
        Assert.That(references.BlobRefs, Has.Count.EqualTo(2));
        Assert.That(await served.Client.BlobAsync(references.BlobRefs[1].BlobKey), Is.EqualTo("two"u8.ToArray()));
    }

    [Test]
    public async Task A_graph_and_execution_statistics_are_blobs_of_the_tags_that_the_dashboard_asks_for()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory,
            new Event { GraphDef = ByteString.CopyFromUtf8("a graph") },
            new Event
            {
                Step = 3,
                TaggedRunMetadata = new TaggedRunMetadata { Tag = "step 3", RunMetadata = ByteString.CopyFromUtf8("times") },
            }));

        string graph = served.Client.Blobs(".", "__run_graph__", "graphs").Values.Single().BlobRefs.Single().BlobKey;
        string times = served.Client.Blobs(".", "step 3", "graph_tagged_run_metadata").Values.Single().BlobRefs.Single().BlobKey;
        Assert.That(await served.Client.BlobAsync(graph), Is.EqualTo("a graph"u8.ToArray()));
        Assert.That(await served.Client.BlobAsync(times), Is.EqualTo("times"u8.ToArray()));
    }

    [Test]
    public async Task A_large_blob_is_sent_in_parts()
    {
        byte[] large = new byte[(5 << 20) + 3];
        new Random(3).NextBytes(large);
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory, new Event { GraphDef = ByteString.CopyFrom(large) }));

        string key = served.Client.Blobs(".", "__run_graph__", "graphs").Values.Single().BlobRefs.Single().BlobKey;
        List<byte[]> parts = await served.Client.PartsOfAsync(key);
        Assert.That(parts, Has.Count.EqualTo(6));
        Assert.That(parts.Select(part => part.Length), Is.All.LessThanOrEqualTo(1 << 20));
        Assert.That(parts.SelectMany(part => part), Is.EqualTo(large));
    }

    [Test]
    public async Task What_does_not_exist_is_not_found_and_what_makes_no_sense_is_refused()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory, new Event { Step = 1, GraphDef = ByteString.CopyFromUtf8("a graph") }));
        string key = served.Client.Blobs(".", "__run_graph__", "graphs").Values.Single().BlobRefs.Single().BlobKey;

        using (Assert.EnterMultipleScope())
        {
            await RefusesAsync(Key("""["","nowhere","__run_graph__",1,0]"""), StatusCode.NotFound, "nowhere");
            await RefusesAsync(Key("""["",".","no tag",1,0]"""), StatusCode.NotFound, "no tag");
            await RefusesAsync(Key("""["",".","__run_graph__",2,0]"""), StatusCode.NotFound, "step 2");
            await RefusesAsync(Key("""["",".","__run_graph__",1,1]"""), StatusCode.NotFound, "number 1");
            await RefusesAsync(Key("""["",".","__run_graph__",1,-1]"""), StatusCode.NotFound, "number -1");
            await RefusesAsync(Key("""{"a":1}"""), StatusCode.InvalidArgument, "not the key");
            await RefusesAsync(Key("""[1,2,3,4,5]"""), StatusCode.InvalidArgument, "not the key");
            await RefusesAsync(key[..^3], StatusCode.InvalidArgument, "not the key");
            await RefusesAsync("§", StatusCode.InvalidArgument, "not the key");
            await RefusesAsync("", StatusCode.InvalidArgument, "not the key");
            Assert.That(
                () => served.Client.Stub.ListScalars(new ListScalarsRequest()),
                Throws.InstanceOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.InvalidArgument));
            Assert.That(
                () => served.Client.Stub.ReadScalars(new ReadScalarsRequest { PluginFilter = Client.Plugin("scalars") }),
                Throws.InstanceOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.InvalidArgument));
        }

        async Task RefusesAsync(string blobKey, StatusCode status, string message)
        {
            RpcException? error = await CatchAsync(() => served.Client.BlobAsync(blobKey));
            Assert.That(error?.StatusCode, Is.EqualTo(status), blobKey);
            Assert.That(error?.Status.Detail, Does.Contain(message));
        }
    }

    [Test]
    public async Task An_answer_that_TensorBoard_would_not_take_is_refused_before_it_is_made()
    {
        byte[] half = new byte[140 << 20];
        TensorProto Tensor() => new()
        {
            Dtype = DataType.DtUint8,
            TensorShape = RawEvents.Shape(half.Length),
            TensorContent = UnsafeByteOperations.UnsafeWrap(half),
        };
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory,
            RawEvents.Value(1, "huge", Tensor(), "text", DataClass.Tensor),
            RawEvents.Value(2, "huge", Tensor(), "text", DataClass.Tensor)));

        Assert.That(
            () => served.Client.Tensors(".", "huge", "text"),
            Throws.InstanceOf<RpcException>().With.Property("StatusCode").EqualTo(StatusCode.ResourceExhausted)
                .And.Message.Contains("256 MiB"));
        Assert.That(served.Client.Tensors(".", "huge", "text", most: 1).Step, Is.EqualTo([2L]));
    }

    [Test]
    public async Task A_malformed_value_costs_only_itself()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory => RawEvents.Write(
            directory,
            RawEvents.Value(1, "text", new TensorProto { Dtype = DataType.DtString, TensorShape = RawEvents.Shape(9) }, "text", DataClass.Tensor),
            RawEvents.Value(2, "text", new TensorProto { Dtype = DataType.DtString, StringVal = { ByteString.CopyFromUtf8("fine") } }, "text", DataClass.Tensor),
            RawEvents.Value(3, new Summary.Types.Value { Tag = "loss", SimpleValue = 3 }),
            RawEvents.Value(4, "loss", new TensorProto { Dtype = DataType.DtString, StringVal = { ByteString.Empty } }, "scalars", DataClass.Scalar)));

        Assert.That(served.Client.Tensors(".", "text", "text").Step, Is.EqualTo([2L]));
        Assert.That(served.Client.Scalars(".", "loss").Step, Is.EqualTo([3L]));
    }

    private static string Key(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    private static async Task<RpcException?> CatchAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
    }

    private static void Write(string directory, Action<SummaryWriter> write)
    {
        using var writer = new SummaryWriter(directory);
        write(writer);
    }
}
