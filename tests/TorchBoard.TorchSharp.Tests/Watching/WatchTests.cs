using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Watching;

/// <summary>What a watch writes during training; it leaves nothing behind.</summary>
internal sealed class WatchTests
{
    [Test]
    public void Parameters_gradients_and_activations_are_named_as_in_the_module_tree()
    {
        using var directory = new TestDirectory();
        Train(directory, steps: 1, new WatchOptions { Activations = true });

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Histograms.Keys.Order(StringComparer.Ordinal), Is.EqualTo(
        [
            "activations/fc1", "activations/fc2", "activations/relu",
            "gradients/fc1.bias", "gradients/fc1.weight", "gradients/fc2.bias", "gradients/fc2.weight",
            "parameters/fc1.bias", "parameters/fc1.weight", "parameters/fc2.bias", "parameters/fc2.weight",
        ]));
        Assert.That(run.Histograms["activations/fc1"].Values[0].Count, Is.EqualTo(8 * 5));
        Assert.That(
            run.Histograms["activations/fc1"].Values[0].Min, Is.LessThan(0), "as it was before the ReLU in place");
        Assert.That(run.Histograms["activations/relu"].Values[0].Min, Is.Zero);
    }

    [Test]
    public void Every_hundredth_step_is_written_beginning_with_the_first()
    {
        using var directory = new TestDirectory();
        Train(directory, steps: 201, new WatchOptions { Parameters = false, GradientFlow = false });

        ScalarSeries norm = RunLog.Open(directory).Scalars["watch/gradients/norm"];

        Assert.That(norm.Steps.ToArray(), Is.EqualTo([0L, 100, 200]));
    }

    [Test]
    public void A_parameter_of_complex_numbers_is_left_out()
    {
        using var model = new OneParameter(torch.complex(ones(2), ones(2)));
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (ModelWatch watch = writer.Watch(model))
            Assert.That(watch.Step(0), Is.True);

        Assert.That(RunLog.Open(directory).Tags, Is.Empty);
    }

    [Test]
    public void Norms_non_finite_values_and_learning_rates_are_curves()
    {
        using Tensor weight = tensor([3f, 4]);
        using var model = new OneParameter(weight);
        using optim.Optimizer optimizer = optim.SGD(model.parameters(), 0.25);
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
        using (ModelWatch watch = writer.Watch(model, new WatchOptions { Interval = 1, Optimizer = optimizer, Prefix = "net/" }))
        {
            // The gradients are the factors.
            using (Tensor factors = tensor([5f, 12]))
                model.call(factors).backward();
            watch.Step(0);
            optimizer.zero_grad();
            using (Tensor factors = tensor([float.NaN, float.PositiveInfinity]))
                model.call(factors).backward();
            watch.Step(1);
        }

        RunLog run = RunLog.Open(directory);

        Assert.That(run.Scalars["net/watch/parameters/norm"].Values[0], Is.EqualTo(5));
        Assert.That(run.Scalars["net/watch/gradients/norm"].Values[0], Is.EqualTo(13));
        Assert.That(run.Scalars["net/watch/gradients/nan"].Values.ToArray(), Is.EqualTo([0, 1.0]));
        Assert.That(run.Scalars["net/watch/gradients/inf"].Values.ToArray(), Is.EqualTo([0, 1.0]));
        Assert.That(run.Scalars["net/watch/learning_rate"].Values[0], Is.EqualTo(0.25));
    }

    [Test]
    public void Gradient_flow_is_drawn()
    {
        using var directory = new TestDirectory();
        Train(directory, steps: 1, new WatchOptions());

        ImageSample picture = RunLog.Open(directory).Images["watch/gradient_flow"].Values[0][0];

        Assert.That((picture.Width, picture.Height), Is.EqualTo((640, 240)));
    }

    [Test]
    public void A_thousand_steps_leave_tensors_hooks_and_modes_as_they_were()
    {
        using var directory = new TestDirectory();
        using nn.Module<Tensor, Tensor> model = Model();
        using Tensor input = rand(8, 4);
        Step();
        long tensors = LiveTensors.Count();
        using (var writer = new SummaryWriter(directory))
        {
            using ModelWatch watch = writer.Watch(model, new WatchOptions { Interval = 10, Activations = true });
            for (int step = 0; step < 1000; step++)
            {
                Step();
                watch.Step(step);
            }
        }

        Assert.That(LiveTensors.Count(), Is.EqualTo(tensors));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training, Is.True);

        void Step()
        {
            using DisposeScope scope = NewDisposeScope();
            model.call(input).sum().backward();
        }
    }

    [Test]
    public void A_validation_without_gradients_is_not_taken_for_a_step()
    {
        using var directory = new TestDirectory();
        using nn.Module<Tensor, Tensor> model = Model();
        using Tensor input = rand(8, 4);
        using Tensor validation = rand(3, 4);
        using (var writer = new SummaryWriter(directory))
        using (ModelWatch watch = writer.Watch(model, new WatchOptions { Activations = true }))
        {
            model.call(input).sum().backward();
            using (no_grad())
                model.call(validation).Dispose();
            watch.Step(0);
        }

        Assert.That(RunLog.Open(directory).Histograms["activations/fc2"].Values[0].Count, Is.EqualTo(8 * 2));
    }

    [Test]
    public void A_frozen_model_has_parameters_and_no_gradients()
    {
        using var directory = new TestDirectory();
        using nn.Module<Tensor, Tensor> model = Model();
        foreach (Tensor parameter in model.parameters())
            parameter.requires_grad = false;
        using (var writer = new SummaryWriter(directory))
        using (ModelWatch watch = writer.Watch(model))
            watch.Step(0);

        Assert.That(
            RunLog.Open(directory).Histograms.Keys, Has.Exactly(4).Items.And.All.StartsWith("parameters/"));
    }

    [Test]
    public void An_interval_below_one_and_a_step_after_the_end_are_refused()
    {
        using var directory = new TestDirectory();
        using nn.Module<Tensor, Tensor> model = Model();
        using var writer = new SummaryWriter(directory);
        ModelWatch watch = writer.Watch(model);
        watch.Dispose();

        Assert.That(
            () => writer.Watch(model, new WatchOptions { Interval = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => watch.Step(0), Throws.TypeOf<ObjectDisposedException>());
    }

    private static nn.Module<Tensor, Tensor> Model() =>
        nn.Sequential(("fc1", nn.Linear(4, 5)), ("relu", nn.ReLU(inplace: true)), ("fc2", nn.Linear(5, 2)));

    private static void Train(string directory, int steps, WatchOptions options)
    {
        using nn.Module<Tensor, Tensor> model = Model();
        using Tensor input = randn(8, 4);
        using var writer = new SummaryWriter(directory);
        using ModelWatch watch = writer.Watch(model, options);
        for (int step = 0; step < steps; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            model.call(input).sum().backward();
            watch.Step(step);
        }
    }

    /// <summary>The sum of its one parameter times the input.</summary>
    private sealed class OneParameter : nn.Module<Tensor, Tensor>
    {
        private readonly global::TorchSharp.Modules.Parameter weight;

        public OneParameter(Tensor values)
            : base(nameof(OneParameter))
        {
            weight = new global::TorchSharp.Modules.Parameter(values.clone());
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => (weight * input).sum();
    }
}
