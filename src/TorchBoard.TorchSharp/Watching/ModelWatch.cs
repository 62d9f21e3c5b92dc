using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>
/// Logs the training of a model; created by
/// <see cref="ModelExtensions.Watch(SummaryWriter, nn.Module, WatchOptions?)"/>. Disposing removes its hooks; the
/// writer stays open. Not thread-safe.
/// </summary>
public sealed class ModelWatch : IDisposable
{
    private readonly SummaryWriter _writer;
    private readonly WatchOptions _options;
    private readonly (string Name, Tensor Parameter)[] _parameters;
    private readonly CapturedActivations? _activations;
    private long _calls;
    private bool _isDisposed;

    internal ModelWatch(SummaryWriter writer, nn.Module model, WatchOptions options)
    {
        _writer = writer;
        _options = options;
        _parameters = [.. model.named_parameters().Select(named => (named.name, (Tensor)named.parameter))];
        if (options.Activations)
            _activations = new CapturedActivations(model, () => IsDue);
    }

    private bool IsDue => _calls % _options.Interval == 0;

    /// <summary>
    /// Reports a completed step. Call it after <c>backward()</c>, before the gradients are reset; every
    /// <see cref="WatchOptions.Interval"/>-th call is written, starting with the first.
    /// </summary>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <returns>Whether the step was written.</returns>
    /// <remarks>Does not wait for a CUDA device; only counts stay there until they are written.</remarks>
    /// <exception cref="ObjectDisposedException">The watch or the writer is disposed.</exception>
    public bool Step(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        bool isDue = IsDue;
        if (isDue)
            Write(step);
        _calls++;
        return isDue;
    }

    /// <summary>Removes the hooks. Written values and the writer are not affected.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _activations?.Dispose();
    }

    private void Write(long step)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        (string Name, Tensor Values)[] gradients =
        [
            .. _parameters
                .Select(named => (named.Name, Gradient: named.Parameter.grad))
                .Where(named => named.Gradient is not null)
                .Select(named => (named.Name, named.Gradient!)),
        ];
        if (_options.Parameters)
            AddHistograms("parameters", _parameters, step);
        if (_options.Gradients)
            AddHistograms("gradients", gradients, step);
        AddActivations(step);
        AddMagnitudes("parameters", _parameters, step, isFlow: false);
        AddMagnitudes("gradients", gradients, step, isFlow: _options.GradientFlow);
        AddLearningRates(step);
    }

    private void AddHistograms(string kind, (string Name, Tensor Values)[] tensors, long step)
    {
        foreach ((string name, Tensor values) in tensors)
        {
            if (TensorArgument.CanBeRead(values))
                _writer.AddHistogram($"{_options.Prefix}{kind}/{name}", values, step);
        }
    }

    private void AddActivations(long step)
    {
        (string, Tensor)[] activations = [.. (_activations?.Take() ?? []).Select(pair => (pair.Key, pair.Value))];
        AddHistograms("activations", activations, step);
        foreach ((_, Tensor values) in activations)
            values.Dispose();
    }

    private void AddMagnitudes(string kind, (string Name, Tensor Values)[] tensors, long step, bool isFlow)
    {
        tensors = [.. tensors.Where(named => TensorArgument.CanBeRead(named.Values))];
        if (tensors.Length == 0 || (!_options.Health && !isFlow))
            return;
        using Magnitudes magnitudes = Magnitudes.Of([.. tensors.Select(named => named.Values)]);
        if (_options.Health)
        {
            string tag = $"{_options.Prefix}watch/{kind}";
            _writer.AddScalar($"{tag}/nan", magnitudes.NaN, step);
            _writer.AddScalar($"{tag}/inf", magnitudes.Infinite, step);
            _writer.AddScalar($"{tag}/norm", magnitudes.Norm, step);
        }

        if (isFlow)
        {
            GradientFlow.Add(
                _writer, $"{_options.Prefix}watch/gradient_flow", [.. tensors.Select(named => named.Name)],
                magnitudes, step);
        }
    }

    private void AddLearningRates(long step)
    {
        if (_options.Optimizer is not { } optimizer)
            return;
        double[] rates = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
        string tag = $"{_options.Prefix}watch/learning_rate";
        for (int i = 0; i < rates.Length; i++)
        {
            string group = rates.Length == 1 ? tag : string.Create(CultureInfo.InvariantCulture, $"{tag}/{i}");
            _writer.AddScalar(group, (float)rates[i], step);
        }
    }
}
