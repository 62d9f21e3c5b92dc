using TorchBoard.Hyperparameters;
using TorchBoard.Plugins;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const int NoHyperparameters = 0;
    private const int HyperparametersOpen = 1;
    private const int HyperparametersEnded = 2;

    private int _hyperparameters = NoHyperparameters;
    private RunStatus? _statusWhenDisposed;

    /// <summary>
    /// Adds the run's hyperparameters to the HParams dashboard: the settings by which runs are compared.
    /// </summary>
    /// <param name="values">
    /// Names and values: numbers, texts and truth values, as in
    /// <c>new Dictionary&lt;string, Hyperparameter&gt; { ["lr"] = 1e-3, ["optimizer"] = "adam" }</c>.
    /// </param>
    /// <param name="options">The trial's name, when it started, and more.</param>
    /// <remarks>
    /// The run's scalars are its metrics, each with its last value; they may be added at any time, in this run or in
    /// a sub-run, and need no naming. Once for each writer: TensorBoard reads only the first hyperparameters of a run.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// There are no values, a name is empty or no valid Unicode, or a value is null, NaN or infinite.
    /// </exception>
    /// <exception cref="InvalidOperationException">The writer has added hyperparameters before.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddHyperparameters(
        IReadOnlyDictionary<string, Hyperparameter> values, HyperparameterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= HyperparameterOptions.Default;
        KeyValuePair<string, Hyperparameter>[] copy = [.. values];
        ThrowIfInvalid(copy);
        ThrowIfInvalid(options);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (Interlocked.CompareExchange(ref _hyperparameters, HyperparametersOpen, NoHyperparameters)
            != NoHyperparameters)
        {
            throw new InvalidOperationException(
                "This writer has added hyperparameters already, and TensorBoard reads only the first ones of a run. "
                + "Add all of them in one call, or use a run for each trial.");
        }

        _statusWhenDisposed = options.StatusWhenDisposed;
        double startTime = WallTimeOr(options.StartTime);
        Append(() => HyperparameterSummary.Start(copy, options, startTime), SizeOf(copy), step: 0, wallTime: null);
    }

    /// <summary>Says how the run ended; the HParams dashboard shows it, and filters by it.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="endTime">When; now by default.</param>
    /// <remarks>Scalars may still be added; a second call is refused, since TensorBoard reads only the first.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The status is none of its values.</exception>
    /// <exception cref="InvalidOperationException">
    /// The writer has added no hyperparameters, or has said how the run ended before.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void EndHyperparameters(RunStatus status, DateTimeOffset? endTime = null)
    {
        if (status is not (RunStatus.Success or RunStatus.Failure))
            throw new ArgumentOutOfRangeException(nameof(status), status, "Success or Failure is wanted.");
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        int before = Interlocked.CompareExchange(ref _hyperparameters, HyperparametersEnded, HyperparametersOpen);
        if (before != HyperparametersOpen)
        {
            throw new InvalidOperationException(before == NoHyperparameters
                ? "No hyperparameters were added, so there is nothing to end; call AddHyperparameters first."
                : "The end was given already, and TensorBoard reads only the first one of a run.");
        }

        AppendEnd(status, endTime);
    }

    /// <summary>
    /// Describes the experiment that this log directory's runs belong to. Optional: see <see cref="Experiment"/> for
    /// what it changes. Write it once, from a writer of the log directory itself.
    /// </summary>
    /// <param name="experiment">The description.</param>
    /// <exception cref="ArgumentException">
    /// There is no hyperparameter or no metric, one is named twice, or a name is empty or no valid Unicode.
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
        double createdTime = _session.Clock.Now();
        Append(() => HyperparameterSummary.Of(copy, createdTime), size, step: 0, wallTime: null);
    }

    private void EndHyperparametersWhenDisposed()
    {
        if (_statusWhenDisposed is not { } status
            || Interlocked.CompareExchange(ref _hyperparameters, HyperparametersEnded, HyperparametersOpen)
                != HyperparametersOpen)
            return;
        try
        {
            AppendEnd(status, endTime: null);
        }
        catch (ObjectDisposedException)
        {
            // The whole writer was disposed before this one of a sub-run, and the file is closed.
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
            throw new ArgumentException("At least one hyperparameter is wanted; there are none.", nameof(values));
        foreach ((string name, Hyperparameter value) in values)
        {
            if (string.IsNullOrEmpty(name))
                throw new ArgumentException(
                    $"A hyperparameter has an empty name; its value is '{value}'.", nameof(values));
            Tag.ThrowIfNotUnicode(name, nameof(values));
            Tag.ThrowIfNotUnicode(value.Text ?? "", nameof(values));
            if (value is { Number: null, Text: null, Boolean: null })
            {
                throw new ArgumentException(
                    $"The hyperparameter '{name}' is null; a number, a text or a truth value is wanted. Leave it out.",
                    nameof(values));
            }

            if (value.Number is { } number && !double.IsFinite(number))
            {
                throw new ArgumentException(
                    $"The hyperparameter '{name}' is {value}, which TensorBoard cannot show; give a finite number or a "
                        + "text.",
                    nameof(values));
            }
        }
    }

    private static void ThrowIfInvalid(HyperparameterOptions options)
    {
        foreach (string? text in (string?[])[options.GroupName, options.MonitorUrl, options.ModelUri])
            Tag.ThrowIfNotUnicode(
                text ?? throw new ArgumentException("A text is null; leave it empty.", nameof(options)),
                nameof(options));
        if (options.StatusWhenDisposed is not (null or RunStatus.Success or RunStatus.Failure) and { } status)
            throw new ArgumentException($"The status {status} is neither Success nor Failure.", nameof(options));
    }

    private static void ThrowIfInvalid(Experiment experiment)
    {
        if (experiment.Hyperparameters.Count == 0 || experiment.Metrics.Count == 0)
        {
            throw new ArgumentException(
                $"{experiment.Hyperparameters.Count} hyperparameters and {experiment.Metrics.Count} metrics are named; "
                    + "at least "
                + "one of each is wanted, since TensorBoard shows only those that are. Without an experiment it shows "
                + "all.",
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
