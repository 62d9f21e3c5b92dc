using TorchBoard.Events;
using TorchBoard.Summaries;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    private const int NoHyperParameters = 0;
    private const int HyperParametersOpen = 1;
    private const int HyperParametersEnded = 2;

    private int _hyperParameters = NoHyperParameters;
    private RunStatus? _statusWhenDisposed;

    /// <summary>
    /// Adds the run's hyperparameters to the HParams dashboard: the settings by which runs are compared.
    /// </summary>
    /// <param name="values">
    /// Names and values: numbers, texts and truth values, as in
    /// <c>new Dictionary&lt;string, HyperParameter&gt; { ["lr"] = 1e-3, ["optimizer"] = "adam" }</c>.
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
    public void AddHyperParameters(
        IReadOnlyDictionary<string, HyperParameter> values, HyperParameterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= HyperParameterOptions.Default;
        KeyValuePair<string, HyperParameter>[] copy = [.. values];
        ThrowIfInvalid(copy);
        ThrowIfInvalid(options);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (Interlocked.CompareExchange(ref _hyperParameters, HyperParametersOpen, NoHyperParameters)
            != NoHyperParameters)
        {
            throw new InvalidOperationException(
                "This writer has added hyperparameters already, and TensorBoard reads only the first ones of a run. "
                + "Add all of them in one call, or use a run for each trial.");
        }

        _statusWhenDisposed = options.StatusWhenDisposed;
        double startTime = WallTimeOr(options.StartTime);
        Append(() => HyperParameterSummary.Start(copy, options, startTime), SizeOf(copy), step: 0, wallTime: null);
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
    public void EndHyperParameters(RunStatus status, DateTimeOffset? endTime = null)
    {
        if (!Enum.IsDefined(status))
            throw new ArgumentOutOfRangeException(nameof(status), status, "Success or Failure is wanted.");
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        int before = Interlocked.CompareExchange(ref _hyperParameters, HyperParametersEnded, HyperParametersOpen);
        if (before != HyperParametersOpen)
        {
            throw new InvalidOperationException(before == NoHyperParameters
                ? "No hyperparameters were added, so there is nothing to end; call AddHyperParameters first."
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
            HyperParameters = [.. experiment.HyperParameters ?? []],
            Metrics = [.. experiment.Metrics ?? []],
        };
        ThrowIfInvalid(copy);
        const long size = 4096;
        double createdTime = _clock.Now();
        Append(() => HyperParameterSummary.Of(copy, createdTime), size, step: 0, wallTime: null);
    }

    private void EndHyperParametersWhenDisposed()
    {
        if (_statusWhenDisposed is not { } status
            || Interlocked.CompareExchange(ref _hyperParameters, HyperParametersEnded, HyperParametersOpen)
                != HyperParametersOpen)
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
        Append(() => HyperParameterSummary.End(status, seconds), size, step: 0, wallTime: null);
    }

    private static long SizeOf(KeyValuePair<string, HyperParameter>[] values) =>
        values.Sum(pair => 64L + (sizeof(char) * (pair.Key.Length + (pair.Value.Text?.Length ?? 0))));

    private static void ThrowIfInvalid(KeyValuePair<string, HyperParameter>[] values)
    {
        if (values.Length == 0)
            throw new ArgumentException("At least one hyperparameter is wanted; there are none.", nameof(values));
        foreach ((string name, HyperParameter value) in values)
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

    private static void ThrowIfInvalid(HyperParameterOptions options)
    {
        foreach (string? text in (string?[])[options.GroupName, options.MonitorUrl, options.ModelUri])
            Tag.ThrowIfNotUnicode(
                text ?? throw new ArgumentException("A text is null; leave it empty.", nameof(options)),
                nameof(options));
        if (options.StatusWhenDisposed is { } status && !Enum.IsDefined(status))
            throw new ArgumentException($"The status {status} is neither Success nor Failure.", nameof(options));
    }

    private static void ThrowIfInvalid(Experiment experiment)
    {
        if (experiment.HyperParameters.Count == 0 || experiment.Metrics.Count == 0)
        {
            throw new ArgumentException(
                $"{experiment.HyperParameters.Count} hyperparameters and {experiment.Metrics.Count} metrics are named; "
                    + "at least "
                + "one of each is wanted, since TensorBoard shows only those that are. Without an experiment it shows "
                + "all.",
                nameof(experiment));
        }

        var names = new HashSet<string>();
        foreach (HyperParameterDomain domain in experiment.HyperParameters)
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
