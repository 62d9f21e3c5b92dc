namespace TorchBoard.Tool.Exporting;

/// <summary>Writes the values of runs as text, run by run.</summary>
internal abstract class TextExport
{
    /// <summary>Whether anything is written.</summary>
    public bool IsEmpty { get; protected set; } = true;

    /// <summary>Writes the selected values of a run.</summary>
    public abstract void Write(ExportedRun run, string[] tags, CancellationToken cancellationToken);

    /// <summary>Writes what comes after the last run.</summary>
    public virtual void Complete()
    {
    }
}
