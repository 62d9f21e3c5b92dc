using System.Numerics;
using System.Runtime.CompilerServices;
using TorchBoard.Events;
using TorchBoard.Histograms;
using TorchBoard.Meshes;
using TorchBoard.Pipeline;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard.Writing;

/// <summary>
/// The run of one <see cref="SummaryWriter"/>: the series below it and the fixed properties of its tags. Thread-safe.
/// </summary>
internal sealed class WriterRun(WriterSession session, string path, RunQueue queue, RunOutput? output)
    : RunHandle(path, queue, output)
{
    private readonly EventClock _clock = session.Clock;

    // Null until a tag is described, so that other tags cost only this check.
    private TagDescriptions? _descriptions;
    private FixedForms<int>? _clipCounts;
    private FixedForms<MeshForm>? _meshForms;
    private EmbeddingRuns? _embeddings;
    private Trial? _trial;
    private volatile bool _ended;
    private int _hasGraph;
    private int _hasLayout;

    /// <summary>The runs of AddScalars.</summary>
    public readonly SeriesRuns Series = new(path, session);

    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public EmbeddingRuns Embeddings
    {
        get
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
            return LazyInitializer.EnsureInitialized(ref _embeddings, () => new EmbeddingRuns(Path, session));
        }
    }

    /// <summary>The plugin of each tag.</summary>
    public readonly TagKinds Kinds = new();

    /// <summary>The run's hyperparameters.</summary>
    public Trial Trial => LazyInitializer.EnsureInitialized(ref _trial);

    /// <summary>Whether there may be hyperparameters.</summary>
    public bool HasTrial => _trial is not null;

    /// <summary>The number of audio clips of each tag.</summary>
    public FixedForms<int> ClipCounts => LazyInitializer.EnsureInitialized(ref _clipCounts);

    public FixedForms<MeshForm> MeshForms => LazyInitializer.EnsureInitialized(ref _meshForms);

    public override long Dropped =>
        base.Dropped + Series.Dropped + (Volatile.Read(ref _embeddings)?.Dropped ?? 0);

    public override void End()
    {
        Kinds.End();
        base.End();
        Series.End();
        _ended = true;
        Volatile.Read(ref _embeddings)?.End();
    }

    /// <summary>Records that the run has a graph; returns true if it had none.</summary>
    public bool TakeGraph() => Interlocked.Exchange(ref _hasGraph, 1) == 0;

    /// <summary>Records that the run has a layout of custom scalars; returns true if it had none.</summary>
    public bool TakeLayout() => Interlocked.Exchange(ref _hasLayout, 1) == 0;

    public void Describe(string tag, TagDescription description) =>
        LazyInitializer.EnsureInitialized(ref _descriptions).Set(tag, description);

    // Not inlined into the caller's loop, in which the compiler soon inlines nothing more: a scalar took a third longer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AppendScalar(string tag, float value, long step)
    {
        LoggingThread thread = LoggingThread.Current;
        AppendScalar(this, thread, tag, value, step, _clock.Now(thread));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AppendScalar(string tag, float value, long step, double wallTime) =>
        AppendScalar(this, LoggingThread.Current, tag, value, step, wallTime);

    public void AppendScalars<T>(
        string mainTag, ReadOnlySpan<(string Series, T Value)> values, long step, double? wallTime)
        where T : INumberBase<T>
    {
        LoggingThread thread = LoggingThread.Current;
        double time = wallTime ?? _clock.Now(thread);
        foreach ((string series, T value) in values)
            AppendScalar(Series.Of(mainTag, series), thread, mainTag, ToFloat(mainTag, value), step, time);
    }

    public void AppendMetrics<T>(ReadOnlySpan<(string Tag, T Value)> values, long step, double? wallTime)
        where T : INumberBase<T>
    {
        LoggingThread thread = LoggingThread.Current;
        double time = wallTime ?? _clock.Now(thread);
        foreach ((string tag, T value) in values)
            AppendScalar(this, thread, tag, ToFloat(tag, value), step, time);
    }

    /// <summary>Appends a scalar whose value the background thread obtains.</summary>
    public void AppendScalar(RunHandle run, string tag, Func<float> value, long step, double wallTime)
    {
        if (run == this)
            Kinds.Claim(tag, PluginTable.Scalars);
        Append(run, () => ScalarSummary.Of(tag, value()), ScalarEvent.MaxRecordLength(tag), step, wallTime);
    }

    public void AppendHistogram(string tag, Func<Histogram> histogram, long size, long step, double wallTime)
    {
        Kinds.Claim((tag, PluginTable.Histograms), (tag + HistogramSummary.NonFiniteSuffix, PluginTable.Scalars));
        Append(() => HistogramSummary.Of(tag, FloatRange.Clip(histogram())), size, step, wallTime);
    }

    /// <summary>Appends a summary that the background thread builds, with the descriptions of its tags.</summary>
    public void Append(Func<Summary> build, long size, long step, double wallTime) =>
        Append(this, build, size, step, wallTime);

    private float ToFloat<T>(string tag, T value)
        where T : INumberBase<T>
    {
        float rounded = float.CreateSaturating(value);
        if (float.IsInfinity(rounded) && T.IsFinite(value))
            session.Notices.BeyondFloat(tag, value);
        return rounded;
    }

    private void AppendScalar(
        RunHandle run, LoggingThread thread, string tag, float value, long step, double wallTime)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        if (Volatile.Read(ref _descriptions) is { } descriptions && descriptions.Has(tag))
        {
            AppendDescribedScalar(run, tag, value, step, wallTime);
            return;
        }

        ScalarTemplate template = thread.Scalars.Of(tag, step);
        if (!template.IsAcceptedBy(Kinds.Id) && run == this)
            Accept(template, tag);
        run.Queue.Append(new ScalarRecord(template, value, step, wallTime));
    }

    // Series of AddScalars have only scalars and are not checked.
    private void Accept(ScalarTemplate template, string tag)
    {
        Tag.ThrowIfReserved(tag, nameof(tag));
        Kinds.Claim(tag, PluginTable.Scalars);
        template.AcceptBy(Kinds.Id);
    }

    // A separate method, so that other calls do not pay for the closure.
    private void AppendDescribedScalar(RunHandle run, string tag, float value, long step, double wallTime) =>
        AppendScalar(run, tag, () => value, step, wallTime);

    private void Append(RunHandle run, Func<Summary> build, long size, long step, double wallTime)
    {
        Func<Summary> described = Volatile.Read(ref _descriptions)?.Describing(build) ?? build;
        run.Queue.Append(new DeferredEvent(described, size, step, wallTime));
    }
}
