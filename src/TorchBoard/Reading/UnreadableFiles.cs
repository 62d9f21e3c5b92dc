namespace TorchBoard.Reading;

/// <summary>The followed files that cannot be read at the moment, each of which is reported once.</summary>
/// <param name="report">Receives the reports; null if errors are thrown instead.</param>
internal sealed class UnreadableFiles(Action<CorruptRecord>? report)
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    /// <summary>Whether an error is reported rather than thrown.</summary>
    public bool Handles(Exception error) => report is not null && (error is IOException or UnauthorizedAccessException);

    public void Add(string file, long offset, Exception error)
    {
        if (_reported.Add(file))
            report?.Invoke(new CorruptRecord(file, offset, $"the file cannot be read: {error.Message}", 0));
    }

    public void Remove(string file) => _reported.Remove(file);
}
