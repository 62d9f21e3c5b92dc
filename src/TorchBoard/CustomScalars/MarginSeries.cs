namespace TorchBoard.CustomScalars;

/// <summary>
/// The exact tags of a curve and of the edges of its band. All three must have points at the same steps, otherwise
/// TensorBoard draws none.
/// </summary>
/// <param name="Value">The tag of the curve in the middle.</param>
/// <param name="Lower">The tag of the band's lower edge.</param>
/// <param name="Upper">The tag of the band's upper edge.</param>
public readonly record struct MarginSeries(string Value, string Lower, string Upper);
