using TorchBoard.Hyperparameters;
using TorchBoard.Plugins;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Adds the run's hyperparameters, the settings by which runs are compared, to the HParams dashboard.
    /// </summary>
    /// <param name="values">
    /// Names and values (numbers, texts or Booleans), such as <c>[("lr", 1e-3), ("optimizer", "adam")]</c>.
    /// </param>
    /// <param name="options">Options such as the trial's name and start time.</param>
    /// <remarks>
    /// The run's scalars are its metrics; the dashboard shows the last value of each. They may be added at any time, in
    /// this run or a sub-run, and need no declaration. Call it once per writer: TensorBoard reads only the first
    /// hyperparameters of a run.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// There are no values; a name is empty, not valid Unicode or used twice; or a value is null, NaN or infinite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The writer has already added hyperparameters.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHyperparameters(
        ReadOnlySpan<(string Name, Hyperparameter Value)> values, HyperparameterOptions? options = null)
    {
        options ??= HyperparameterOptions.Default;
        var copy = new KeyValuePair<string, Hyperparameter>[values.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = KeyValuePair.Create(values[i].Name, values[i].Value);
        ThrowIfInvalid(copy);
        RepeatedName.ThrowIfAny(values, "hyperparameter", nameof(values));
        ThrowIfInvalid(options);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _run.Kinds.Claim(
            (HyperparameterSummary.StartTag, PluginTable.Hyperparameters),
            (HyperparameterSummary.EndTag, PluginTable.Hyperparameters));
        _run.Trial.Begin(options.StatusWhenDisposed);
        double startTime = WallTimeOr(options.StartTime);
        Append(() => HyperparameterSummary.Start(copy, options, startTime), SizeOf(copy), step: 0, wallTime: null);
    }

    /// <inheritdoc cref="AddHyperparameters(ReadOnlySpan{ValueTuple{string, Hyperparameter}}, HyperparameterOptions?)"/>
    public void AddHyperparameters(
        IReadOnlyDictionary<string, Hyperparameter> values, HyperparameterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        AddHyperparameters([.. values.Select(pair => (pair.Key, pair.Value))], options);
    }

    /// <summary>Records how the run ended; the HParams dashboard shows the status and can filter by it.</summary>
    /// <param name="status">Success or Failure.</param>
    /// <param name="endTime">The end time; the current time by default.</param>
    /// <remarks>Scalars may still be added. Call it once: TensorBoard reads only the first status of a run.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The status is neither Success nor Failure.</exception>
    /// <exception cref="InvalidOperationException">
    /// The writer has not added hyperparameters, or has already recorded how the run ended.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void EndHyperparameters(RunStatus status, DateTimeOffset? endTime = null)
    {
        if (status is not (RunStatus.Success or RunStatus.Failure))
            throw new ArgumentOutOfRangeException(nameof(status), status, "The status must be Success or Failure.");
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        _run.Trial.End();
        AppendEnd(status, endTime);
    }

    /// <summary>
    /// Describes the experiment to which the runs of this log directory belong. Optional; see <see cref="Experiment"/>
    /// for its effect. Add it once, from a writer of the log directory itself.
    /// </summary>
    /// <param name="experiment">The description.</param>
    /// <exception cref="ArgumentException">
    /// There are no hyperparameters or no metrics; one is named twice; or a name is empty or not valid Unicode.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddExperiment(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Experiment copy = experiment with
        {
            Hyperparameters = [.. experiment.Hyperparameters ?? []],
            Metrics = [.. experiment.Metrics ?? []],
        };
        ThrowIfInvalid(copy);
        const long size = 4096;
        Claim(HyperparameterSummary.ExperimentTag, PluginTable.Hyperparameters);
        double createdTime = _session.Clock.Now();
        Append(() => HyperparameterSummary.Of(copy, createdTime), size, step: 0, wallTime: null);
    }

    private void EndHyperparametersWhenDisposed()
    {
        if (_run.Trial.EndWhenDisposed() is not { } status)
            return;
        try
        {
            AppendEnd(status, endTime: null);
        }
        catch (ObjectDisposedException)
        {
            // The main writer was disposed before this sub-run's writer, and the file is closed.
        }
    }

    private void AppendEnd(RunStatus status, DateTimeOffset? endTime)
    {
        const long size = 64;
        double seconds = WallTimeOr(endTime);
        Append(() => HyperparameterSummary.End(status, seconds), size, step: 0, wallTime: null);
    }

    private static long SizeOf(KeyValuePair<string, Hyperparameter>[] values) =>
        values.Sum(pair => 64L + (sizeof(char) * (pair.Key.Length + (pair.Value.Text?.Length ?? 0))));

    private static void ThrowIfInvalid(KeyValuePair<string, Hyperparameter>[] values)
    {
        if (values.Length == 0)
            throw new ArgumentException("At least one hyperparameter is required; there are none.", nameof(values));
        foreach ((string name, Hyperparameter value) in values)
        {
            if (string.IsNullOrEmpty(name))
            {
                throw new ArgumentException(
                    $"A hyperparameter has an empty name; its value is '{value}'.", nameof(values));
            }

            Tag.ThrowIfNotUnicode(name, nameof(values));
            Tag.ThrowIfNotUnicode(value.Text ?? "", nameof(values));
            if (value is { Number: null, Text: null, Boolean: null })
            {
                throw new ArgumentException(
                    $"The hyperparameter '{name}' is null; it must be a number, a text or a Boolean, or be omitted.",
                    nameof(values));
            }

            if (value.Number is { } number && !double.IsFinite(number))
            {
                throw new ArgumentException(
                    $"The hyperparameter '{name}' is {value}, which TensorBoard cannot show; use a finite number or "
                    + "a text.",
                    nameof(values));
            }
        }
    }

    private static void ThrowIfInvalid(HyperparameterOptions options)
    {
        foreach (string? text in (string?[])[options.GroupName, options.MonitorUrl, options.ModelUri])
        {
            Tag.ThrowIfNotUnicode(
                text ?? throw new ArgumentException("A text is null; use an empty text instead.", nameof(options)),
                nameof(options));
        }

        if (options.StatusWhenDisposed is not (null or RunStatus.Success or RunStatus.Failure) and { } status)
            throw new ArgumentException($"The status is {status}; it must be Success or Failure.", nameof(options));
    }

    private static void ThrowIfInvalid(Experiment experiment)
    {
        if (experiment.Hyperparameters.Count == 0 || experiment.Metrics.Count == 0)
        {
            throw new ArgumentException(
                $"The experiment has {experiment.Hyperparameters.Count} hyperparameters and {experiment.Metrics.Count} "
                + "metrics; it must have at least one of each, because TensorBoard shows only those. Without an "
                + "experiment, it shows all.",
                nameof(experiment));
        }

        var names = new HashSet<string>();
        foreach (HyperparameterDomain domain in experiment.Hyperparameters)
        {
            Tag.ThrowIfNotUnicode(domain.Name, nameof(experiment));
            if (!names.Add(domain.Name))
                throw new ArgumentException($"The hyperparameter '{domain.Name}' is named twice.", nameof(experiment));
        }

        var metrics = new HashSet<(string SubRun, string Tag)>();
        foreach (ExperimentMetric metric in experiment.Metrics)
        {
            Tag.ThrowIfInvalid(metric.Tag, nameof(experiment));
            if (!metrics.Add((metric.SubRun, metric.Tag)))
                throw new ArgumentException($"The metric '{metric.Tag}' is named twice.", nameof(experiment));
        }
    }
}
