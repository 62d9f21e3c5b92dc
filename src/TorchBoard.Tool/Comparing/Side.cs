namespace TorchBoard.Tool.Comparing;

/// <summary>One side of a comparison at a step: the mean of the runs that have the step.</summary>
/// <param name="Mean">The mean; the value itself of a single run.</param>
/// <param name="Deviation">The sample standard deviation; null for a single run.</param>
/// <param name="Runs">The number of runs that have the step.</param>
internal readonly record struct Side(double Mean, double? Deviation, int Runs)
{
    /// <summary>A side at each of its steps. If a run repeats a step, its last value counts.</summary>
    public static SortedDictionary<long, Side> Of(IEnumerable<ScalarSeries> runs)
    {
        var values = new SortedDictionary<long, List<double>>();
        foreach (ScalarSeries run in runs)
        {
            var last = new Dictionary<long, double>();
            for (int i = 0; i < run.Count; i++)
                last[run.Steps[i]] = run.Values[i];
            foreach ((long step, double value) in last)
            {
                if (!values.TryGetValue(step, out List<double>? all))
                    values.Add(step, all = []);
                all.Add(value);
            }
        }

        return new SortedDictionary<long, Side>(values.ToDictionary(entry => entry.Key, entry => Of(entry.Value)));
    }

    private static Side Of(List<double> values)
    {
        double mean = values.Average();
        if (values.Count == 1)
            return new Side(mean, null, 1);
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Side(mean, Math.Sqrt(squares / (values.Count - 1)), values.Count);
    }
}
