namespace TorchBoard.Testing;

/// <summary>
/// The exception thrown when an assertion about a curve fails. The message says what was expected, what was seen and
/// where, and draws the curve.
/// </summary>
/// <remarks>
/// It has no properties of its own, because test frameworks print these after the message.
/// <see cref="Expectation.Check(Curve, IReadOnlyList{Curve})"/> returns the parts separately.
/// </remarks>
public sealed class CurveAssertionException : Exception
{
    internal CurveAssertionException(CurveResult result)
        : base(Environment.NewLine + result.ToString().ReplaceLineEndings())
    {
    }
}
