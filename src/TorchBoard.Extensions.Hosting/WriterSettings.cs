namespace TorchBoard.Extensions.Hosting;

/// <summary>The settings of a writer in the configuration; null if they are not set.</summary>
internal sealed class WriterSettings
{
    public string? LogDirectory { get; set; }

    public bool? NewRunPerStart { get; set; }

    public string? Storage { get; set; }

    public List<string>? Meters { get; set; }

    public bool? MonitorSystem { get; set; }

    public bool? AddEnvironment { get; set; }

    public TimeSpan? Interval { get; set; }

    public bool? Enabled { get; set; }

    public TimeSpan? FlushInterval { get; set; }

    public TimeSpan? FlushTimeout { get; set; }

    public long? UnwrittenBytesLimit { get; set; }

    public WhenFull? WhenFull { get; set; }

    public TimeSpan? WaitLimit { get; set; }

    public bool? SyncToDisk { get; set; }

    public long? PurgeStep { get; set; }

    public string? FileNameSuffix { get; set; }

    public TimeSpan? UploadInterval { get; set; }

    public string? SpoolDirectory { get; set; }

    public long? SpooledBytesLimit { get; set; }

    /// <summary>The settings of keyed writers.</summary>
    public Dictionary<string, WriterSettings>? Writers { get; set; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void ApplyTo(TorchBoardOptions options)
    {
        options.LogDirectory = LogDirectory ?? options.LogDirectory;
        options.NewRunPerStart = NewRunPerStart ?? options.NewRunPerStart;
        options.StorageKey = Storage ?? options.StorageKey;
        foreach (string meter in Meters ?? [])
            options.Meters.Add(meter);
        options.MonitorSystem = MonitorSystem ?? options.MonitorSystem;
        options.AddEnvironment = AddEnvironment ?? options.AddEnvironment;
        options.Interval = Interval ?? options.Interval;
        SummaryWriterOptions writer = options.Writer;
        options.Writer = writer with
        {
            Enabled = Enabled ?? writer.Enabled,
            FlushInterval = FlushInterval ?? writer.FlushInterval,
            FlushTimeout = FlushTimeout ?? writer.FlushTimeout,
            UnwrittenBytesLimit = UnwrittenBytesLimit ?? writer.UnwrittenBytesLimit,
            WhenFull = WhenFull ?? writer.WhenFull,
            WaitLimit = WaitLimit ?? writer.WaitLimit,
            SyncToDisk = SyncToDisk ?? writer.SyncToDisk,
            PurgeStep = PurgeStep ?? writer.PurgeStep,
            FileNameSuffix = FileNameSuffix ?? writer.FileNameSuffix,
            UploadInterval = UploadInterval ?? writer.UploadInterval,
            SpoolDirectory = SpoolDirectory ?? writer.SpoolDirectory,
            SpooledBytesLimit = SpooledBytesLimit ?? writer.SpooledBytesLimit,
        };
    }
}
