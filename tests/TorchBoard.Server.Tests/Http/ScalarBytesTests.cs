using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using TorchBoard.Protos;

namespace TorchBoard.Server.Tests.Http;

/// <summary>Points as the page asks for them: the same numbers as in JSON, byte by byte.</summary>
internal sealed class ScalarBytesTests
{
    [Test]
    public async Task A_curve_is_times_steps_and_values_after_a_header_that_names_their_types()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            RawEvents.Write(
                Path.Combine(directory, "a"),
                RawEvents.Scalar(-1, 100.5, "loss", 0.1f), RawEvents.Scalar(int.MaxValue, 99, "loss", float.NaN),
                RawEvents.Scalar(int.MaxValue, double.NaN, "loss", float.NegativeInfinity));
            RawEvents.Write(Path.Combine(directory, "b"), Double(1L << 40, 0.1));
            RawEvents.Write(Path.Combine(directory, "c"), RawEvents.Scalar((1L << 53) + 1, 102, "loss", 0.5f));
        });

        RawAnswer answer = await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&format=bytes", "Accept-Encoding: gzip");
        Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/octet-stream"));
        Assert.That(answer.Header("Content-Encoding"), Is.Null);
        int start = 4 + BinaryPrimitives.ReadInt32LittleEndian(answer.Body);
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(answer.Body, 4, start - 4))!;
        Assert.That(start % 8, Is.Zero);
        Assert.That(header["version"]!.GetValue<long>(), Is.Positive);
        Assert.That(
            header["series"]!.AsArray().Select(one => $"{one!["run"]} {one["count"]} {one["length"]} {one["steps"]} {one["values"]}"),
            Is.EqualTo(["1 3 3 int32 float32", "2 1 1 float64 float64", "3 1 1 int64 float32"]));

        // Three times, and two times three numbers of four bytes, each with four of zeros; then eight bytes of each; then
        // four bytes of a value.
        byte[] data = answer.Body[start..];
        Assert.That(data, Has.Length.EqualTo((3 * 8) + (2 * 16) + (3 * 8) + (3 * 8)));
        Assert.That(Of<double>(data, 0, 3), Is.EqualTo([100.5, 99, double.NaN]));
        Assert.That(Of<int>(data, 24, 4), Is.EqualTo([-1, int.MaxValue, int.MaxValue, 0]));
        Assert.That(Of<float>(data, 40, 4), Is.EqualTo([0.1f, float.NaN, float.NegativeInfinity, 0]));
        Assert.That(Of<double>(data, 56, 3), Is.EqualTo([101, 1L << 40, 0.1]));
        Assert.That(Of<long>(data, 88, 1), Is.EqualTo([(1L << 53) + 1]));
    }

    [Test]
    public async Task The_points_are_those_of_JSON()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(directory =>
        {
            using var writer = new SummaryWriter(Path.Combine(directory, "run"));
            for (int step = 0; step < 900; step++)
                writer.AddScalar("loss", step == 444 ? double.NaN : Math.Sin(step) * 1e30, step);
        });
        JsonNode json = (await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&points=50&format=json")).Json["series"]![0]!;
        byte[] bytes = (await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&points=50&format=bytes")).Body;
        int start = 4 + BinaryPrimitives.ReadInt32LittleEndian(bytes);
        int length = json["steps"]!.AsArray().Count;
        int stepsEnd = start + (8 * length) + (((4 * length) + 7) & ~7);

        Assert.That(Of<double>(bytes, start, length), Is.EqualTo(json["times"]!.AsArray().Select(time => (double)time!)));
        Assert.That(Of<int>(bytes, start + (8 * length), length), Is.EqualTo(json["steps"]!.AsArray().Select(step => (int)step!)));
        Assert.That(
            Of<float>(bytes, stepsEnd, length),
            Is.EqualTo(json["values"]!.AsArray().Select(value => value!.ToString() == "NaN" ? float.NaN : (float)value!)));
        int[] extremes = [.. json["extremes"]!.AsArray().Select(index => (int)index!)];
        byte[] marks = bytes[^((length + 7) & ~7)..];
        Assert.That(extremes, Has.Length.InRange(length / 3, length / 2).And.Ordered);
        Assert.That(
            marks, Is.EqualTo(Enumerable.Range(0, marks.Length).Select(index => extremes.Contains(index) ? 1 : 0)));
    }

    [Test]
    public async Task No_run_is_a_header_alone_and_another_form_is_refused()
    {
        await using ServedRuns served = await ServedRuns.StartAsync(_ => { });
        byte[] empty = (await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&format=bytes")).Body;

        Assert.That(empty, Has.Length.EqualTo(4 + BinaryPrimitives.ReadInt32LittleEndian(empty)));
        Assert.That(JsonNode.Parse(empty.AsSpan(4))!["series"]!.AsArray(), Is.Empty);
        RawAnswer refused = await RawAnswer.GetAsync(served.Server, "/api/scalars?tag=loss&format=csv");
        Assert.That((refused.Status, refused.Error), Is.EqualTo((400, "The argument 'format' must be 'json' or 'bytes'.")));
    }

    private static Event Double(long step, double value) => new()
    {
        Step = step,
        WallTime = 101,
        Summary = RawEvents.Value(
            step, "loss", new TensorProto { Dtype = DataType.DtDouble, DoubleVal = { value } }, "scalars", DataClass.Scalar).Summary,
    };

    private static T[] Of<T>(byte[] bytes, int start, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes.AsSpan(start))[..count].ToArray();
}
