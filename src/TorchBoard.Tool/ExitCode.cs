namespace TorchBoard.Tool;

/// <summary>The exit codes of the tool.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>A check failed: an expectation is not met, a file is damaged, curves differ.</summary>
    public const int No = 1;

    /// <summary>Wrong usage, or nothing to read.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl-C, by shell convention.</summary>
    public const int Canceled = 130;
}
