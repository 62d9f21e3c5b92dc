namespace TorchBoard.Tool.Checking;

/// <summary>The event, and the tag if there is one, that findings are about.</summary>
internal readonly record struct Place(Findings Findings, string File, long Offset, string? Tag = null)
{
    public void Error(string message) => Findings.Error(File, Offset, Tag, message);

    public void Warning(string message) => Findings.Warning(File, Offset, Tag, message);
}
