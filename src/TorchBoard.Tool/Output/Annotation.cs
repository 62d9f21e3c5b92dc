namespace TorchBoard.Tool.Output;

/// <summary>A reason why a check failed, for the page of a CI run.</summary>
internal sealed record Annotation(string Title, string Message);
