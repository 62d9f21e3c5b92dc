using TorchBoard.Plugins;
using TorchBoard.Protos;
using TorchBoard.Provenance;
using TorchBoard.Writing;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Adds a table to the Text dashboard that says where the run comes from: command line, program and version, working
    /// directory, the commit and branch of git and whether tracked files are changed, host, system, .NET, processors, memory,
    /// limits of the container, GPUs with driver, packages, and some environment variables.
    /// </summary>
    /// <param name="tag">The tag; <c>environment</c> by default.</param>
    /// <param name="options">The environment variables, and the time that git may take.</param>
    /// <param name="step">The step; 0 by default.</param>
    /// <remarks>
    /// <para>
    /// What looks like a secret is masked, such as <c>--token=…</c>, <c>--password …</c>, passwords in addresses and connection
    /// strings, and tokens of known forms. Environment variables are written only if <see
    /// cref="EnvironmentOptions.Variables"/> names them.
    /// </para>
    /// <para>
    /// It is found out in the background, on a thread of its own; what cannot be found out is a row that says why, such as a
    /// directory that git does not trust. The end of the run waits for it, for at most
    /// <see cref="EnvironmentOptions.GitTimeout"/> and as long as the drivers take.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, or has values of another kind.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddEnvironment(string tag = "environment", EnvironmentOptions? options = null, long step = 0)
    {
        Tag.ThrowIfInvalid(tag);
        options ??= new EnvironmentOptions();
        Claim(tag, PluginTable.Text);
        if (!_session.IsWritten)
            return;
        string directory = RunEnvironment.WorkingDirectory();
        string table = "";
        Task found = OwnThread.Run(() => table = TextSummary.Table(["fact", "value"], RunEnvironment.Rows(options, directory)));
        Append(Build, size: 4096, step, wallTime: null);

        Summary Build()
        {
            found.GetAwaiter().GetResult();
            return TextSummary.Of(tag, table);
        }
    }
}
