using TorchBoard.Tool.Output;

namespace TorchBoard.Tool.Syncing;

/// <summary>Reports the files that are copied and those that cannot be. A lasting failure is reported once.</summary>
internal sealed class SyncReport(Terminal terminal, bool isQuiet)
{
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

    public void Add(SyncedFile file)
    {
        if (file.Failure is { } failure)
        {
            if (!_failures.TryGetValue(file.Source, out string? before) || before != failure.Message)
                terminal.Warn(failure.Message);
            _failures[file.Source] = failure.Message;
            return;
        }

        if (_failures.Remove(file.Source) | _failures.Remove(""))
            terminal.Warn($"'{file.Source}' is copied again");
        if (isQuiet)
            return;
        terminal.WriteLine($"{Printable.Line(file.Target)}  {terminal.Dim(Shown.Bytes(file.Bytes))}");
        terminal.Output.Flush();
    }
}
