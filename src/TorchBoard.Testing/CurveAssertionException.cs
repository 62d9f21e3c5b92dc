namespace TorchBoard.Testing;

/// <summary>
/// A curve is not as it was expected to be. The message says what was expected, what was seen and where, and draws
/// the curve.
/// </summary>
public sealed class CurveAssertionException : Exception
{
    internal CurveAssertionException(CurveResult result)
        : base(Environment.NewLine + result.ToString().ReplaceLineEndings()) => Result = result;

    /// <summary>What was found.</summary>
    public CurveResult Result { get; }
}
