namespace TorchBoard.Provenance;

/// <summary>Options for <see cref="SummaryWriter.AddEnvironment"/>.</summary>
public sealed record EnvironmentOptions
{
    /// <summary>The names of the environment variables that are written by default.</summary>
    public static IReadOnlyList<string> DefaultVariables { get; } =
    [
        "CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "RANK", "LOCAL_RANK", "WORLD_SIZE",
        "SLURM_JOB_ID", "SLURM_PROCID", "SLURM_NTASKS", "SLURM_JOB_NODELIST", "DOTNET_gcServer", "DOTNET_GCHeapHardLimit",
        "DOTNET_ENVIRONMENT", "ASPNETCORE_ENVIRONMENT", "GITHUB_RUN_ID", "GITHUB_SHA",
    ];

    /// <summary>
    /// The environment variables to write, if they are set: <see cref="DefaultVariables"/> by default, such as those of GPUs,
    /// ranks and Slurm. Others are not looked at. The value of one that is named like a secret is masked.
    /// </summary>
    /// <exception cref="ArgumentException">The list is null, or a name is null or empty.</exception>
    public IReadOnlyList<string> Variables
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Variables));
            if (value.Any(string.IsNullOrEmpty))
                throw new ArgumentException("The name of an environment variable must not be null or empty.", nameof(Variables));
            field = value;
        }
    } = DefaultVariables;

    /// <summary>Whether the arguments of the program are written, with what looks like a secret masked; true by default.</summary>
    public bool CommandLine { get; init; } = true;

    /// <summary>
    /// The maximum time that <c>git</c> may take to tell whether the working directory is clean: two seconds by default, more
    /// than zero and at most a minute. Nothing else waits for it but the end of the run.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan GitTimeout
    {
        get;
        init => field = value > TimeSpan.Zero && value <= TimeSpan.FromMinutes(1)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(GitTimeout), value, "GitTimeout must be greater than zero and at most a minute.");
    } = TimeSpan.FromSeconds(2);
}
