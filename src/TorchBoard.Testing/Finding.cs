namespace TorchBoard.Testing;

/// <summary>The result of a rule applied to a curve.</summary>
/// <param name="Passed">Whether the rule holds.</param>
/// <param name="Seen">What was seen, as the end of a sentence that begins with "Seen:".</param>
/// <param name="Point">The index of the point that shows it; null if there is none.</param>
internal readonly record struct Finding(bool Passed, string Seen, int? Point = null)
{
    public static Finding NoFinitePoint(Curve curve) => curve.Count == 0
        ? new Finding(false, "no points")
        : new Finding(false, $"{Number.Points(curve.Count)}, none of them finite", 0);
}
