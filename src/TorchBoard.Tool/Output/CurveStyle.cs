namespace TorchBoard.Tool.Output;

/// <summary>How curves are drawn.</summary>
/// <param name="Smoothing">The weight of the past; 0 does not smooth.</param>
/// <param name="IsLogarithmic">Whether the vertical axis is logarithmic.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="DrawsEach">Whether each of many curves is drawn instead of their mean and range.</param>
internal sealed record CurveStyle(double Smoothing, bool IsLogarithmic, HorizontalAxis X, bool DrawsEach)
{
    /// <summary>The largest number of curves that are drawn one by one.</summary>
    public const int MostCurves = 8;

    public bool DrawsRange(int curves) => curves > MostCurves && !DrawsEach;
}
