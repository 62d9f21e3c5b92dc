namespace TorchBoard.Extensions.Hosting;

/// <summary>The run of a host, and what is recorded in it besides what the program adds.</summary>
public sealed class TorchBoardOptions
{
    /// <summary>
    /// The directory for runs, <c>runs</c> by default; a relative one is below the host's content root. With a storage, its
    /// place there, such as <c>s3://bucket/runs</c>.
    /// </summary>
    public string LogDirectory { get; set; } = "runs";

    /// <summary>
    /// Whether each start of the program writes a new run below <see cref="LogDirectory"/>, named by date, time and machine as
    /// <see cref="SummaryWriter.OpenNewRun"/> does; true by default. If false, <see cref="LogDirectory"/> is the run itself:
    /// TensorBoard draws what several starts write there as one curve.
    /// </summary>
    public bool NewRunPerStart { get; set; } = true;

    /// <summary>
    /// The key of a <see cref="RunStorage"/> in the container; <c>Storage</c> in the configuration. Null, the default, for the
    /// storage of <see cref="Writer"/> or, if <see cref="LogDirectory"/> is a URI, the storage that is registered without a
    /// key.
    /// </summary>
    public string? StorageKey { get; set; }

    /// <summary>The options of the writer. In the configuration, they are beside those of this class.</summary>
    public SummaryWriterOptions Writer { get; set; } = new();

    /// <summary>
    /// The names of meters that are recorded, such as <c>MyCompany.*</c>; none by default. See
    /// <see cref="SummaryWriter.RecordMeters(string, TimeSpan?, TorchBoard.Monitoring.MeterRecordingOptions?)"/>.
    /// </summary>
    public IList<string> Meters { get; } = [];

    /// <summary>Whether the use of processors, memory and GPUs is recorded; false by default.</summary>
    public bool MonitorSystem { get; set; }

    /// <summary>
    /// Whether a table says where the run comes from, as <see cref="SummaryWriter.AddEnvironment"/> writes it; true by default.
    /// </summary>
    public bool AddEnvironment { get; set; } = true;

    /// <summary>The time between samples of meters and of the system: 100 ms to 24 days, five seconds by default.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);
}
