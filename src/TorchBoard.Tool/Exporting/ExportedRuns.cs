using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Exporting;

/// <summary>Reads runs one by one in bounded memory.</summary>
/// <param name="runs">The runs.</param>
internal sealed class ExportedRuns(OpenedRuns runs)
{
    private static readonly RunLogOptions Whole = new()
    {
        Kinds = [TagKind.Scalar, TagKind.Hyperparameters],
        Graphs = false,
    };

    // The first and the last point of a curve, and how many there are.
    private static readonly RunLogOptions Listed = Whole with { MaxPoints = 2 };

    /// <summary>
    /// The length of the files of a run up to which it is read at once. A scalar takes about 50 bytes in a file, and as
    /// many while it is read.
    /// </summary>
    public long MaxBytesAtOnce { get; init; } = 256L << 20;

    /// <summary>The number of points of a larger run that are read at once.</summary>
    public int MaxPointsAtOnce { get; init; } = 1 << 22;

    public IEnumerable<ExportedRun> Read(bool withCurves, CancellationToken cancellationToken)
    {
        bool isListed = false;
        foreach (RunLog run in runs.Each(OptionsFor, cancellationToken))
            yield return new ExportedRun(run, isListed ? MaxPointsAtOnce : null, cancellationToken);

        RunLogOptions OptionsFor(LoggedRun run)
        {
            isListed = !withCurves || run.ListEventFiles().Sum(LengthOf) > MaxBytesAtOnce;
            return isListed ? Listed : Whole;
        }
    }

    // A file that vanishes is no fault here, but when it is read.
    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;
}
