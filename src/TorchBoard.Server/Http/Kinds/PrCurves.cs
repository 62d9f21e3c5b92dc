namespace TorchBoard.Server.Http.Kinds;

/// <summary>Precision-recall curves of all steps: <c>/api/prcurves</c>.</summary>
internal static class PrCurves
{
    public static ApiAnswer List(ApiRequest request) => ApiAnswer.Of(
        KindValues<Curve>.Of(request, TagKind.PrCurve, series => series.ReadPrCurves(), Of),
        KindJson.Default.KindValuesCurve);

    private static Curve Of(PrCurve curve) => new(
        Floats(curve.TruePositives), Floats(curve.FalsePositives), Floats(curve.TrueNegatives), Floats(curve.FalseNegatives),
        Floats(curve.Precision), Floats(curve.Recall));

    // As they are stored; a float has half as many digits.
    private static float[] Floats(ReadOnlySpan<double> numbers)
    {
        float[] floats = new float[numbers.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)numbers[i];
        return floats;
    }

    /// <summary>The counts and rates at thresholds evenly spaced from 0 to 1.</summary>
    internal sealed record Curve(float[] Tp, float[] Fp, float[] Tn, float[] Fn, float[] Precision, float[] Recall);
}
