using TorchBoard.Histograms;
using TorchBoard.Monitoring;
using TorchBoard.Plugins;

namespace TorchBoard.Writing;

/// <summary>
/// Adds measurements to a writer, on the thread of a timer, where an exception would end the process: a tag that has values
/// of another kind is skipped.
/// </summary>
internal sealed class MeterOutput(SummaryWriter writer, TagKinds kinds, DataNotices notices) : IMeterOutput
{
    public void AddScalar(string tag, double value, long step)
    {
        if (kinds.TryClaim(tag, PluginTable.Scalars))
            writer.AddScalar(tag, value, step);
    }

    public void AddHistogram(string tag, Histogram histogram, long step)
    {
        if (kinds.TryClaim(tag, PluginTable.Histograms)
            && kinds.TryClaim(tag + HistogramSummary.NonFiniteSuffix, PluginTable.Scalars))
        {
            writer.AddHistogram(tag, histogram, step);
        }
    }

    public void ReportNoMatch(string patterns, string known) => notices.NoMeter(patterns, known);

    public void ReportManyTagSets(string instrument, int limit) => notices.ManyTagSets(instrument, limit);

    public void ReportNotFinite(string tag) => notices.NotCounted(tag);

    public void ReportFailedCallback(Exception failure) => notices.FailedCallback(failure);
}
