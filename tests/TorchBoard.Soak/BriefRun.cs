using TorchBoard.Hyperparameters;

namespace TorchBoard.Soak;

/// <summary>A sub-run that is opened, has hyperparameters and a few scalars, and is disposed at once.</summary>
internal sealed class BriefRun
{
    private const string Below = "brief/";
    private const int Steps = 10;

    private readonly SummaryWriter _writer;
    private readonly long _number;

    private BriefRun(string name, SummaryWriter writer, long number)
    {
        Name = name;
        _writer = writer;
        _number = number;
    }

    /// <summary>The directory below that of the main run.</summary>
    public string Name { get; }

    /// <summary>Whether a directory belongs to a brief run.</summary>
    public static bool Has(string name) => name.StartsWith(Below, StringComparison.Ordinal);

    public static BriefRun Write(SummaryWriter writer, string name, long number)
    {
        name = Below + name;
        var run = new BriefRun(name, writer.OpenSubRun(name), number);
        run._writer.AddHyperparameters([("number", number)]);
        for (int step = 0; step < Steps; step++)
            run._writer.AddScalar("x", step, step);
        run._writer.Dispose();
        return run;
    }

    /// <summary>Returns what is missing although it was not reported, and what is wrong.</summary>
    /// <param name="directories">The directories with its files.</param>
    public IEnumerable<string> Check(string[] directories)
    {
        long dropped = _writer.DroppedEvents;
        RunLog[] logs = [.. directories.Select(directory => RunLog.Open(directory))];
        foreach (CorruptRecord error in logs.SelectMany(log => log.Errors))
            yield return $"run '{Name}': {error}";
        long[] steps =
        [
            .. logs.SelectMany(log => log.Scalars.GetValueOrDefault("x")?.Where(point => point.Value == point.Step) ?? [])
                .Select(point => point.Step).Distinct(),
        ];
        if (steps.Length + dropped < Steps)
            yield return $"run '{Name}': {Steps} events added, {steps.Length} found, {dropped} reported as lost";
        if (dropped == 0 && !logs.Any(log => log.Hyperparameters?.Values["number"] == (Hyperparameter)_number))
            yield return $"run '{Name}': the hyperparameters are missing, and nothing was reported";
    }
}
