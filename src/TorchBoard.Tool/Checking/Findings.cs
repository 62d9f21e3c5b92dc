namespace TorchBoard.Tool.Checking;

/// <summary>Collects findings. Repeated findings about a tag in a file are listed once and counted.</summary>
internal sealed class Findings
{
    private readonly Dictionary<(string File, string? Tag, string Message), Finding> _findings = [];

    public IReadOnlyCollection<Finding> All => _findings.Values;

    public void Error(string file, long offset, string? tag, string message) =>
        Add(isError: true, file, offset, tag, message);

    public void Warning(string file, long offset, string? tag, string message) =>
        Add(isError: false, file, offset, tag, message);

    private void Add(bool isError, string file, long offset, string? tag, string message)
    {
        var key = (file, tag, message);
        _findings[key] = _findings.TryGetValue(key, out Finding? known)
            ? known with { Times = known.Times + 1 }
            : new Finding(isError, file, offset, tag, message, 1);
    }
}
