using TorchBoard.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Invalid values are refused with an exception that names the argument.</summary>
internal sealed class RefusalTests
{
    private static readonly Dictionary<string, Func<Tensor?>> Unreadable = new()
    {
        ["null"] = () => null,
        ["disposed"] = Disposed,
        ["empty"] = () => empty(0),
        ["empty in one dimension"] = () => empty(2, 0, 3),
        ["complex"] = () => torch.complex(ones(2, 3), ones(2, 3)),
        ["sparse"] = Sparse,
        ["without values"] = () => ones(2, 3, device: META),
    };

    private static readonly Dictionary<string, (string Argument, Action<SummaryWriter, Tensor?> Add)> Calls = new()
    {
        ["AddScalar"] = ("value", (writer, given) => writer.AddScalar("t", given!, 1)),
        ["AddScalars"] = ("values", (writer, given) => writer.AddScalars("t", [("a", given!)], 1)),
        ["AddHistogram"] = ("values", (writer, given) => writer.AddHistogram("t", given!, 1)),
        ["AddImage"] = ("pixels", (writer, given) => writer.AddImage("t", given!, 1)),
        ["AddImages"] = ("pixels", (writer, given) => writer.AddImages("t", given!, 1)),
        ["AddImageWithBoxes"] = ("pixels", (writer, given) => writer.AddImageWithBoxes("t", given!, [], 1)),
        ["AddVideo"] = ("frames", (writer, given) => writer.AddVideo("t", given!, 1)),
        ["AddAudio"] = ("samples", (writer, given) => writer.AddAudio("t", given!, 1)),
        ["AddAudioClips"] = ("clips", (writer, given) => writer.AddAudioClips("t", [given!], 1)),
        ["AddEmbedding"] = ("vectors", (writer, given) => writer.AddEmbedding("t", given!, 1)),
        ["AddPrCurve"] = ("labels", (writer, given) => writer.AddPrCurve("t", given!, ones(2), 1)),
        ["AddPrCurve, predictions"] = ("predictions", (writer, given) => writer.AddPrCurve("t", ones(2), given!, 1)),
        ["AddPrCurves"] = ("labels", (writer, given) => writer.AddPrCurves("t", given!, ones(2, 2), 1)),
        ["AddPrCurves, scores"] = ("scores", (writer, given) => writer.AddPrCurves("t", tensor([0, 1]), given!, 1)),
        ["AddPrCurveRaw"] = ("curve", (writer, given) => writer.AddPrCurveRaw("t", given!, 1)),
        ["AddMesh"] = ("vertices", (writer, given) => writer.AddMesh("t", given!, 1)),
        ["AddTensor"] = ("values", (writer, given) => writer.AddTensor("t", given!, 1)),
    };

    private static readonly Dictionary<string, (string Argument, Action<SummaryWriter> Add)> Misshapen = new()
    {
        ["a point of several values"] = ("value", writer => writer.AddScalar("t", ones(2), 1)),
        ["a batch of two channels"] = ("pixels", writer => writer.AddImages("t", ones(8, 2, 4, 4), 1)),
        ["a picture of two channels"] = ("pixels", writer => writer.AddImage("t", ones(2, 4, 4), 1)),
        ["a batch read the wrong way round"] =
            ("pixels", writer => writer.AddImages("t", ones(8, 3, 28, 28), 1, ImageLayout.Nhwc)),
        ["a batch for a picture"] = ("pixels", writer => writer.AddImage("t", ones(8, 3, 4, 4), 1)),
        ["a picture for a batch"] = ("pixels", writer => writer.AddImages("t", ones(3, 4, 4), 1)),
        ["a batch's layout for a picture"] =
            ("layout", writer => writer.AddImage("t", ones(8, 3, 4, 4), 1, ImageLayout.Nchw)),
        ["no layout"] = ("layout", writer => writer.AddImage("t", ones(3, 4, 4), 1, (ImageLayout)99)),
        ["no video layout"] = ("layout", writer => writer.AddVideo("t", ones([2, 3, 3, 4, 4]), 1, (VideoLayout)99)),
        ["boxes of five sides"] = ("boxes", writer => writer.AddImageWithBoxes("t", ones(3, 4, 4), ones(2, 5), 1)),
        ["labels for no boxes"] =
            ("boxes", writer => writer.AddImageWithBoxes("t", ones(3, 4, 4), empty(0, 4), 1, ["a"])),
        ["fewer labels than boxes"] =
            ("labels", writer => writer.AddImageWithBoxes("t", ones(3, 4, 4), ones(2, 4), 1, ["a"])),
        ["a clip of three channels"] = ("samples", writer => writer.AddAudio("t", ones(3, 100), 1)),
        ["a clip of 64-bit integers"] = ("samples", writer => writer.AddAudio("t", arange(9), 1)),
        ["clips of different channels"] = ("clips", writer => writer.AddAudioClips("t", [ones(9), ones(2, 9)], 1)),
        ["no clip"] = ("clips", writer => writer.AddAudioClips("t", (Tensor[])[], 1)),
        ["vectors of one dimension"] = ("vectors", writer => writer.AddEmbedding("t", ones(9), 1)),
        ["fewer labels than vectors"] = ("labels", writer => writer.AddEmbedding("t", ones(3, 2), 1, labels: ones(2))),
        ["fewer pictures than vectors"] =
            ("pictures", writer => writer.AddEmbedding("t", ones(3, 2), 1, pictures: ones(2, 1, 4, 4))),
        ["fewer predictions than labels"] = ("predictions", writer => writer.AddPrCurve("t", ones(3), ones(2), 1)),
        ["a label that is neither 0 nor 1"] = ("labels", writer => writer.AddPrCurve("t", ones(3) * 2, ones(3), 1)),
        ["classes as floats"] = ("labels", writer => writer.AddPrCurves("t", ones(3), ones(3, 2), 1)),
        ["a class beyond 32 bits"] = ("labels", writer => writer.AddPrCurves("t", tensor([1L << 32]), ones(1, 2), 1)),
        ["scores of one class"] = ("scores", writer => writer.AddPrCurves("t", tensor([0, 1]), ones(2), 1)),
        ["points of two coordinates"] = ("vertices", writer => writer.AddMesh("t", ones(9, 2), 1)),
        ["faces as floats"] = ("faces", writer => writer.AddMesh("t", ones(9, 3), 1, faces: zeros(1, 3))),
        ["faces of another number of meshes"] =
            ("faces", writer => writer.AddMesh("t", ones(2, 9, 3), 1, faces: zeros(1, 3, ScalarType.Int32))),
        ["an empty tag"] = ("tag", writer => writer.AddTensor("", ones(1), 1)),
    };

    private static IEnumerable<TestCaseData<string, string>> UnreadableCases =>
        from call in Calls.Keys
        from tensor in Unreadable.Keys
        select new TestCaseData<string, string>(call, tensor);

    private static IEnumerable<string> MisshapenCases => Misshapen.Keys;

    [TestCaseSource(nameof(UnreadableCases))]
    public void A_tensor_that_cannot_be_read(string call, string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        Tensor? tensor = Unreadable[kind]();

        var refusal = Assert.Catch<ArgumentException>(() => Calls[call].Add(writer, tensor));

        Assert.That(refusal!.ParamName, Is.EqualTo(Calls[call].Argument));
    }

    [TestCaseSource(nameof(MisshapenCases))]
    public void A_tensor_that_does_not_fit(string kind)
    {
        using DisposeScope scope = NewDisposeScope();
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);

        var refusal = Assert.Catch<ArgumentException>(() => Misshapen[kind].Add(writer));

        Assert.That(refusal!.ParamName, Is.EqualTo(Misshapen[kind].Argument));
    }

    [Test]
    public void A_disposed_writer()
    {
        using var directory = new TestDirectory();
        var writer = new SummaryWriter(directory);
        writer.Dispose();
        using Tensor one = ones(1);

        Assert.Throws<ObjectDisposedException>(() => writer.AddScalar("t", one, 1));
        Assert.Throws<ObjectDisposedException>(() => TensorExtensions.AddDeviceScalar(writer, "t", one, 1, null));
        Assert.Throws<ObjectDisposedException>(() => writer.AddHistogram("t", one, 1));
        Assert.Throws<ObjectDisposedException>(() => TensorExtensions.AddDeviceHistogram(writer, "t", one, 1, null));
    }

#pragma warning disable CS0618 // Later versions have another name for it.
    private static Tensor Sparse() => sparse_coo_tensor(zeros(1, 2, ScalarType.Int64), ones(2), [2]);
#pragma warning restore CS0618

    private static Tensor Disposed()
    {
        Tensor tensor = ones(2, 3);
        tensor.Dispose();
        return tensor;
    }
}
