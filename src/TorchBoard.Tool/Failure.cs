using TorchBoard.Testing;
using TorchBoard.Tool.Output;

namespace TorchBoard.Tool;

/// <summary>Exceptions that are not bugs: each becomes a message and an exit code.</summary>
internal static class Failure
{
    public static bool IsExpected(Exception e) => e is OperationCanceledException or ExpectationSyntaxException
        or UsageException or InvalidDataException or KeyNotFoundException || IsOfFiles(e);

    /// <summary>Whether a file or directory cannot be read or written.</summary>
    public static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException;

    public static int Report(Exception e, Terminal terminal)
    {
        switch (e)
        {
            case OperationCanceledException:
                return ExitCode.Canceled;
            case ExpectationSyntaxException:
                terminal.FailInLines(e.Message);
                break;
            default:
                terminal.Fail(e.Message);
                break;
        }

        if (terminal.IsOnGitHub)
            terminal.WriteAnnotation(Annotations.LineOf(new Annotation("torchboard", e.Message)));
        return ExitCode.Usage;
    }
}
