using TorchBoard.Interpretation;

namespace TorchBoard.Tests.Interpretation;

internal sealed class SeveralInputsTests
{
    private static readonly float[] Inputs = [1, 2, 3, 4, 5, 6];

    [Test]
    public void Each_input_has_the_explanation_that_it_has_alone()
    {
        Attribution[] each = Attribution.ExplainEach(Inputs, 2, input => KernelShap.Explain(Sum, input));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(each, Has.Length.EqualTo(2));
            Assert.That(each[0].Values.ToArray(), Is.EqualTo(new[] { 1.0, 2, 3 }).Within(1e-9));
            Assert.That(each[1].Values.ToArray(), Is.EqualTo(new[] { 4.0, 5, 6 }).Within(1e-9));
            Assert.That(each[1].Score, Is.EqualTo(15));
        }
    }

    [Test]
    public void Several_classes_of_several_inputs_need_the_calls_of_one_class()
    {
        int asked = 0;
        Attribution[][] each = Attribution.ExplainEach(
            Inputs, 2, Classes, 3, (predict, input) => Occlusion.Explain(predict, input, [], [1]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.EqualTo(2 * 4), "the input and three windows, for each input");
            Assert.That(each[0][0].Values.ToArray(), Is.EqualTo(new[] { 1.0, 0, 0 }));
            Assert.That(each[0][2].Values.ToArray(), Is.EqualTo(new[] { 0.0, 0, 3 }));
            Assert.That(each[1][1].Values.ToArray(), Is.EqualTo(new[] { 0.0, 5, 0 }));
        }

        void Classes(ReadOnlySpan<float> inputs, int count, Span<double> scores)
        {
            asked += count;
            for (int i = 0; i < scores.Length; i++)
                scores[i] = inputs[i];
        }
    }

    [Test]
    public void Progress_is_told_after_each_input()
    {
        List<double> told = [];
        Attribution.ExplainEach(
            Inputs, 3, input => Occlusion.Explain(Sum, input, [], [1]), new Told(told.Add));
        Assert.That(told, Is.EqualTo(new[] { 1 / 3.0, 2 / 3.0, 1 }));
    }

    [Test]
    public void A_canceled_call_explains_no_further_input()
    {
        using var cancel = new CancellationTokenSource();
        int explained = 0;
        Assert.That(
            () => Attribution.ExplainEach(
                Inputs, 3,
                input =>
                {
                    explained++;
                    cancel.Cancel();
                    return new Attribution([0, 0]);
                },
                cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(explained, Is.EqualTo(1));
    }

    [Test]
    public void Arguments_that_do_not_fit_are_refused_with_their_names()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Attribution.ExplainEach(Inputs, 4, Alone),
                Throws.ArgumentException.With.Message.Contains("multiple of 4; was 6")
                    .And.Property("ParamName").EqualTo("inputs"));
            Assert.That(
                () => Attribution.ExplainEach(Inputs, 0, Alone),
                Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("count"));
            Assert.That(
                () => Attribution.ExplainEach([], 1, Alone),
                Throws.ArgumentException.With.Property("ParamName").EqualTo("inputs"));
            Assert.That(
                () => Attribution.ExplainEach(Inputs, 2, input => input[0] == 4 ? null! : Alone(input)),
                Throws.ArgumentException.With.Message.Contains("input 1 is null"));
        }

        static Attribution Alone(float[] input) => new([input[0]]);
    }

    private static void Sum(ReadOnlySpan<float> inputs, int count, Span<double> scores)
    {
        int length = inputs.Length / count;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            foreach (float value in inputs.Slice(i * length, length))
                sum += value;
            scores[i] = sum;
        }
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
