using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>
/// Every call takes a tensor of any type of number, or says in an <see cref="ArgumentException"/> that it does not:
/// libtorch's own errors name no argument.
/// </summary>
internal sealed class NumberTypeTests
{
    private static readonly ScalarType[] Readable =
    [
        ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16,
        ScalarType.Float32, ScalarType.Float64, ScalarType.Bool, ScalarType.BFloat16,
    ];

    private static readonly ScalarType[] Floats =
        [ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64];

    private static readonly Dictionary<string, (long[] Shape, ScalarType[] Taken, Action<SummaryWriter, Tensor> Add)> Calls = new()
    {
        ["AddScalar"] = ([1], Readable, (writer, given) => writer.AddScalar("t", given, 1)),
        ["AddScalar of a device"] =
            ([1], Readable, (writer, given) => TensorExtensions.AddDeviceScalar(writer, "t", given, 1, null)),
        ["AddScalars"] = ([1], Readable, (writer, given) => writer.AddScalars("t", [("a", given)], 1)),
        ["AddHistogram"] = ([24], Readable, (writer, given) => writer.AddHistogram("t", given, 1)),
        ["AddHistogram of a device"] =
            ([24], Readable, (writer, given) => TensorExtensions.AddDeviceHistogram(writer, "t", given, 1, null)),
        ["AddImage"] = ([3, 2, 4], Readable, (writer, given) => writer.AddImage("t", given, 1)),
        ["AddImages"] = ([2, 3, 2, 2], Readable, (writer, given) => writer.AddImages("t", given, 1)),
        ["AddImageWithBoxes"] =
            ([3, 2, 4], Readable, (writer, given) => writer.AddImageWithBoxes("t", given, [], 1)),
        ["AddImageWithBoxes, boxes"] =
            ([6, 4], Readable, (writer, given) => writer.AddImageWithBoxes("t", ones(3, 40, 40), given, 1)),
        ["AddVideo"] = ([1, 2, 3, 2, 2], Readable, (writer, given) => writer.AddVideo("t", given, 1)),
        ["AddAudio"] = ([24], [.. Floats, ScalarType.Int16], (writer, given) => writer.AddAudio("t", given, 1)),
        ["AddAudioClips"] =
            ([24], [.. Floats, ScalarType.Int16], (writer, given) => writer.AddAudioClips("t", [given], 1)),
        ["AddEmbedding"] = ([6, 4], Readable, (writer, given) => writer.AddEmbedding("t", given, 1)),
        ["AddEmbedding, labels"] =
            ([24], Readable, (writer, given) => writer.AddEmbedding("t", ones(24, 2), 1, labels: given)),
        ["AddEmbedding, pictures"] =
            ([2, 3, 2, 2], Readable, (writer, given) => writer.AddEmbedding("t", ones(2, 2), 1, pictures: given)),
        ["AddPrCurve, predictions"] =
            ([24], Readable, (writer, given) => writer.AddPrCurve("t", ones(24), given, 1)),
        ["AddPrCurves"] = (
            [24], [.. Readable.Except(Floats)],
            (writer, given) => writer.AddPrCurves("t", given, ones(24, 24), 1)),
        ["AddPrCurves, scores"] =
            ([2, 12], Readable, (writer, given) => writer.AddPrCurves("t", tensor([0, 1]), given, 1)),
        ["AddPrCurveRaw"] = ([6, 4], Readable, (writer, given) => writer.AddPrCurveRaw("t", given, 1)),
        ["AddMesh"] = ([8, 3], Readable, (writer, given) => writer.AddMesh("t", given, 1)),
        ["AddMesh, colors"] = ([8, 3], Readable, (writer, given) => writer.AddMesh("t", ones(8, 3), 1, given)),
        ["AddMesh, faces"] = (
            [8, 3], [.. Readable.Except(Floats)],
            (writer, given) => writer.AddMesh("t", ones(24, 3), 1, faces: given)),
        ["AddTensor"] = ([24], Readable, (writer, given) => writer.AddTensor("t", given, 1)),
        ["AddAttention"] = ([4, 6], Readable, (writer, given) => writer.AddAttention("t", given, 1)),
    };

    private static IEnumerable<TestCaseData<string, ScalarType>> Cases =>
        from call in Calls.Keys
        from type in Enum.GetValues<ScalarType>()

            // The parts for devices come after the checks.
        where Readable.Contains(type) || !call.EndsWith("of a device", StringComparison.Ordinal)
        select new TestCaseData<string, ScalarType>(call, type);

    [TestCaseSource(nameof(Cases))]
    public void Is_taken_or_refused_in_words(string call, ScalarType type)
    {
        (long[] shape, ScalarType[] taken, Action<SummaryWriter, Tensor> add) = Calls[call];
        using DisposeScope scope = NewDisposeScope();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Exception? failure = null;
        writer.WriteFailed += (_, failed) => failure = failed.Exception;
        Tensor given = Made(type, shape);

        if (taken.Contains(type))
        {
            add(writer, given);
            writer.Flush();
            Assert.That(failure, Is.Null);
        }
        else
        {
            Assert.That(() => add(writer, given), Throws.ArgumentException.With.Message.Contains($"{type}"));
        }
    }

    // Zeros and ones: labels, classes, corners, shares and sides of boxes all at once.
    private static Tensor Made(ScalarType type, long[] shape)
    {
        Tensor floats = (arange(shape.Aggregate(1L, (product, size) => product * size), ScalarType.Float32) > 1)
            .to_type(ScalarType.Float32).reshape(shape);
        return type is ScalarType.QInt8 or ScalarType.QUInt8 or ScalarType.QInt32
            ? quantize_per_tensor(floats, 1, 0, type)
            : floats.to_type(type);
    }
}
