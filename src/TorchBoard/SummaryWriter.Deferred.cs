using TorchBoard.Events;
using TorchBoard.Figures;
using TorchBoard.Histograms;
using TorchBoard.Plugins;

namespace TorchBoard;

/// <summary>
/// For values that are not in the computer's memory yet: they stand in the file where they were added, with the time
/// at which they were, and are asked for by the background thread when it comes to write them.
/// </summary>
public sealed partial class SummaryWriter
{
    /// <summary>Whether anything is written at all; where not, nobody will ask for a deferred value.</summary>
    internal bool IsWritten => _background is not null;

    internal void AddDeferredScalar(string tag, Func<float> value, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        AppendDeferredScalar(_run, tag, value, step, WallTimeOr(wallTime));
    }

    internal void AddDeferredScalars(
        string mainTag, (string Series, Func<float> Value)[] values, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(mainTag, nameof(mainTag));
        if (values.Length == 0)
            throw new ArgumentException("No series was given; at least one is wanted.", nameof(values));

        // All are checked before any is written.
        foreach ((string series, _) in values)
        {
            Tag.ThrowIfInvalid(series, nameof(values));
            _series.Of(mainTag, series);
        }

        double time = WallTimeOr(wallTime);
        foreach ((string series, Func<float> value) in values)
            AppendDeferredScalar(_series.Of(mainTag, series), mainTag, value, step, time);
    }

    internal void AddDeferredHistogram(
        string tag, Func<Histogram> histogram, long size, long step, DateTimeOffset? wallTime)
    {
        Tag.ThrowIfInvalid(tag);
        AppendHistogram(tag, histogram, size, step, WallTimeOr(wallTime));
    }

    internal void AddDeferredFigure(string tag, Func<Figure> figure, long step, int height = Figure.DefaultHeight)
    {
        Tag.ThrowIfInvalid(tag);
        Append(
            () => ImageSummary.Of(tag, FigureDrawing.Draw(figure().Content(), Figure.DefaultWidth, height, scale: 1)),
            sizeof(byte) * 3L * Figure.DefaultWidth * height, step, wallTime: null);
    }

    private void AppendDeferredScalar(
        Pipeline.RunChannel run, string tag, Func<float> value, long step, double wallTime) =>
        Append(run, () => ScalarSummary.Of(tag, value()), ScalarEvent.MaxRecordLength(tag), step, wallTime);
}
