namespace TorchBoard.Tool.Exporting;

/// <summary>A value of another kind than scalars.</summary>
internal readonly record struct ExportedValue(TagKind Kind, string Tag, long Step, double WallTime, object Value);
