using TorchBoard.Testing;

namespace TorchBoard.Tool.Asserting;

/// <summary>An expectation about a curve, and its result.</summary>
internal sealed record CheckedExpectation(string Run, string Tag, Expectation Expectation, CurveResult Result);
