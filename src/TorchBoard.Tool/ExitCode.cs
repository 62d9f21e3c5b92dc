namespace TorchBoard.Tool;

/// <summary>What the tool tells the shell.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The answer is no: an expectation is not met, a file is damaged, curves differ.</summary>
    public const int No = 1;

    /// <summary>Wrong usage, or nothing to read.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Canceled = 130;
}
