using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TorchBoard.Provenance;

/// <summary>The commit, the branch and the changes of a working directory, each as text or with the reason why it is not known.</summary>
internal sealed record GitState(string Commit, string Branch, string Changes)
{
    private const string NotKnown = "not known";

    /// <summary>Asks <c>git</c>; where it does not answer, reads what its files tell. Null if there is no repository.</summary>
    /// <param name="directory">The directory in the repository.</param>
    /// <param name="git">The program.</param>
    /// <param name="limit">The maximum time that it may take.</param>
    public static GitState? Of(string directory, string git, TimeSpan limit)
    {
        if (GitFolder.Find(directory) is not { } folder)
            return null;
        string reason = Ask(directory, git, limit, out List<string> lines);
        return reason.Length == 0 && Parse(lines) is { } state
            ? state
            : new GitState(folder.Commit ?? NotKnown, folder.Branch ?? NotKnown, $"{NotKnown}: {reason}");
    }

    private static GitState? Parse(List<string> lines)
    {
        string? Header(string name) => lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        if (Header("# branch.oid ") is not { } commit || Header("# branch.head ") is not { } branch)
            return null;
        int changed = lines.Count(line => line.Length > 0 && line[0] is '1' or '2' or 'u');
        return new GitState(
            commit == "(initial)" ? "none yet" : commit,
            branch == "(detached)" ? "none: detached" : branch,
            changed == 0
                ? "clean"
                : string.Create(CultureInfo.InvariantCulture, $"{changed} tracked {(changed == 1 ? "file" : "files")} changed"));
    }

    /// <summary>Returns why there is no answer; empty if there is one.</summary>
    private static string Ask(string directory, string git, TimeSpan limit, out List<string> lines)
    {
        // Untracked files may be many, such as runs. Nothing of the repository is locked, changed or run.
        string[] arguments =
        [
            "-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch", "--untracked-files=no", "--no-ahead-behind",
        ];
        var answer = new List<string>();
        string? error = null;
        lines = answer;
        var start = new ProcessStartInfo(git, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, e) => Keep(answer, e.Data);
            process.ErrorDataReceived += (_, e) => error ??= e.Data;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return string.Create(CultureInfo.InvariantCulture, $"git did not answer within {limit.TotalSeconds} seconds");
            }

            // What it has written is read.
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : error ?? $"git ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}";
        }
        catch (Win32Exception)
        {
            return "git cannot be started";
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static void Keep(List<string> lines, string? line)
    {
        if (line is not null)
            lines.Add(line);
    }
}
