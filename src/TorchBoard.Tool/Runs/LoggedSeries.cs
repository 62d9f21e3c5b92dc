namespace TorchBoard.Tool.Runs;

/// <summary>The values of a tag of any kind.</summary>
internal sealed record LoggedSeries(RunLog Run, TagInfo Info, long[] Steps, double[] WallTimes, object[] Values)
{
    public string Tag => Info.Tag;

    /// <summary>Returns the values of a tag; null if the library does not decode its kind.</summary>
    public static LoggedSeries? Of(RunLog run, TagInfo info) => info.Kind switch
    {
        TagKind.Scalar => Of(run, run.Scalars[info.Tag]),
        TagKind.Histogram => Of(run, run.Histograms[info.Tag]),
        TagKind.Image => Of(run, run.Images[info.Tag]),
        TagKind.Audio => Of(run, run.Audio[info.Tag]),
        TagKind.Text => Of(run, run.Text[info.Tag]),
        TagKind.PrCurve => Of(run, run.PrCurves[info.Tag]),
        TagKind.Mesh => Of(run, run.MeshParts[info.Tag]),
        TagKind.Tensor => Of(run, run.Tensors[info.Tag]),
        TagKind.Hyperparameters when run.Hyperparameters is { } log =>
            new LoggedSeries(run, info, [0], [log.StartTime is { } start ? UnixSeconds.Of(start) : 0], [log]),
        _ => null,
    };

    /// <summary>Returns the index of the value at a step; by default, the last.</summary>
    /// <exception cref="UsageException">The tag has no value at the step.</exception>
    public int IndexOf(long? step)
    {
        if (step is not long wanted)
            return Steps.Length - 1;
        int index = Array.LastIndexOf(Steps, wanted);
        if (index >= 0)
            return index;
        long nearest = Steps.MinBy(s => Math.Abs((double)s - wanted));
        throw new UsageException(FormattableString.Invariant(
            $"'{Tag}' of run '{Run.Name}' has no value at step {wanted}; the nearest step is {nearest}."));
    }

    private static LoggedSeries Of(RunLog run, ScalarSeries series) => new(
        run, series.Info!, series.Steps.ToArray(), series.WallTimes.ToArray(),
        [.. series.Values.ToArray().Cast<object>()]);

    private static LoggedSeries Of<T>(RunLog run, Series<T> series)
        where T : notnull => new(
        run, series.Info, series.Steps.ToArray(), series.WallTimes.ToArray(),
        [.. series.Values.ToArray().Cast<object>()]);
}
