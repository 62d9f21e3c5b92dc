using TorchBoard.Histograms;

namespace TorchBoard.Monitoring;

/// <summary>Where recorded measurements go, and what is said about them.</summary>
internal interface IMeterOutput
{
    void AddScalar(string tag, double value, long step);

    void AddHistogram(string tag, Histogram histogram, long step);

    /// <summary>No instrument or event source has a name of the patterns so far.</summary>
    void ReportNoMatch(string patterns, string known);

    /// <summary>An instrument has more tag sets than are recorded separately.</summary>
    void ReportManyTagSets(string instrument, int limit);

    /// <summary>A counter was given NaN or an infinity, which is not counted.</summary>
    void ReportNotFinite(string tag);

    /// <summary>A callback of an observable instrument threw.</summary>
    void ReportFailedCallback(Exception failure);
}
