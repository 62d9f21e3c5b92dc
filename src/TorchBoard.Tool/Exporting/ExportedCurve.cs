namespace TorchBoard.Tool.Exporting;

/// <summary>A curve that is read in parts, because it may be larger than memory.</summary>
/// <param name="Run">The run, without the points.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Parts">The consecutive points. Each enumeration may read them again.</param>
internal sealed record ExportedCurve(ExportedRun Run, string Tag, IEnumerable<ScalarSeries> Parts);
