using TorchBoard.Testing;

namespace TorchBoard.Tool.Asserting;

/// <summary>One expectation of one curve, and what was found.</summary>
internal sealed record CheckedExpectation(string Run, string Tag, Expectation Expectation, CurveResult Result);
