using Microsoft.ML.OnnxRuntime;
using OnnxRuntime;
using static OnnxRuntime.OnnxFile;

namespace TorchBoard.OnnxRuntime.Tests;

/// <summary>The class of the example that users copy, with the models that they have; each is a file of ONNX.</summary>
internal sealed class OnnxModelTests
{
    private TestDirectory _directory = null!;

    [SetUp]
    public void Begin() => _directory = new TestDirectory();

    [TearDown]
    public void End() => _directory.Dispose();

    // The models return their inputs as scores.
    [TestCase(Open, TestName = "An_open_batch_gets_all_items_at_once")]
    [TestCase(1, TestName = "A_batch_of_one_gets_them_one_by_one")]
    [TestCase(4, TestName = "A_fixed_batch_is_filled_up")]
    public void Scores_are_those_of_the_items(long batch)
    {
        using InferenceSession session = Flatten(FloatType, batch, 1, 2, 3);
        var model = new OnnxModel(session);
        float[] items = [.. Enumerable.Range(0, 6 * 6).Select(i => (float)i)];
        Assert.That(model.Scores(items, 6), Is.EqualTo(items));

        double[] scores = new double[6];
        model.Score(label: 2)(items, 6, scores);
        Assert.That(scores, Is.EqualTo(new double[] { 2, 8, 14, 20, 26, 32 }));
    }

    [Test]
    public void Sizes_that_the_model_leaves_open_are_given()
    {
        using InferenceSession session = Flatten(FloatType, Open, 3, Open, Open);
        Assert.That(new OnnxModel(session, 3, 1, 2).Scores(new float[12], 2), Has.Length.EqualTo(12));
    }

    [TestCase("", TestName = "No_sizes")]
    [TestCase("3, 0, 2", 3L, 0L, 2L, TestName = "A_size_of_zero")]
    [TestCase("3, ?, 2", 3L, -1L, 2L, TestName = "A_size_left_open")]
    [TestCase("1, 2, 2", 1L, 2L, 2L, TestName = "A_size_that_is_another_one")]
    [TestCase("3, 2", 3L, 2L, TestName = "Too_few_sizes")]
    public void Sizes_that_do_not_fit_are_refused_with_both_shapes(string told, params long[] item)
    {
        using InferenceSession session = Flatten(FloatType, Open, 3, Open, Open);
        Assert.That(
            () => new OnnxModel(session, item),
            Throws.ArgumentException.With.Message.StartsWith(
                $"The input 'image' has items of [3, ?, ?], where ? is any size; the shape given is [{told}]."));
    }

    [Test]
    public void Sizes_that_the_model_has_can_be_left_out_or_repeated_but_not_changed()
    {
        using InferenceSession session = Flatten(FloatType, Open, 1, 2, 2);
        Assert.That(() => new OnnxModel(session), Throws.Nothing);
        Assert.That(() => new OnnxModel(session, 1, 2, 2), Throws.Nothing);
        Assert.That(() => new OnnxModel(session, 1, 2, 3), Throws.ArgumentException.With.Message.Contains("[1, 2, 2]"));
    }

    [Test]
    public void A_model_with_several_inputs_is_refused_with_their_names()
    {
        using InferenceSession session = Load(
            (1, Node("Add", "add", ["image", "mask"], "scores")),
            (11, Tensor("image", FloatType, Open, 2)),
            (11, Tensor("mask", FloatType, Open, 2)),
            (12, Tensor("scores", FloatType, Open, 2)));
        Assert.That(
            () => new OnnxModel(session),
            Throws.InstanceOf<NotSupportedException>().With.Message.StartsWith("The model has 2 inputs (image, mask)."));
    }

    [Test]
    public void An_input_that_is_no_batch_of_floats_is_refused()
    {
        using InferenceSession integers = Flatten(Int64Type, Open, 2);
        Assert.That(
            () => new OnnxModel(integers),
            Throws.InstanceOf<NotSupportedException>().With.Message.EqualTo("The input 'image' is Int64, not a batch of floats."));
    }

    [Test]
    public void Values_that_are_no_whole_items_are_refused()
    {
        using InferenceSession session = Flatten(FloatType, Open, 2, 2);
        Assert.That(
            () => new OnnxModel(session).Scores(new float[9], 2),
            Throws.ArgumentException.With.Message.StartsWith("2 items must be 8 floats; were 9."));
    }

    private InferenceSession Flatten(long type, params long[] shape) => Load(
        (1, Node("Flatten", "flatten", ["image"], "scores")),
        (11, Tensor("image", type, shape)),
        (12, Tensor("scores", type, Open, Open)));

    private InferenceSession Load(params (int Field, object Value)[] graph)
    {
        string path = Path.Combine(_directory, "model.onnx");
        Write(path, graph);
        return new InferenceSession(path);
    }
}
