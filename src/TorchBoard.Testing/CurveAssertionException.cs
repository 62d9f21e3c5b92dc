namespace TorchBoard.Testing;

/// <summary>
/// A curve is not as it was expected to be. The message says what was expected, what was seen and where, and draws
/// the curve.
/// </summary>
/// <remarks>
/// It has no properties of its own, because test frameworks print these after the message. For a program,
/// <see cref="Expectation.Check(Curve, IReadOnlyList{Curve})"/> gives the parts.
/// </remarks>
public sealed class CurveAssertionException : Exception
{
    internal CurveAssertionException(CurveResult result)
        : base(Environment.NewLine + result.ToString().ReplaceLineEndings())
    {
    }
}
