using System.Globalization;
using TorchBoard.Reports;

namespace TorchBoard.Writing;

/// <summary>
/// Reports data that is written but probably not as intended: one sentence of each kind for a writer and its sub-runs, to
/// the program or else to standard error. Thread-safe.
/// </summary>
/// <param name="onWarning">Receives the sentences; null for standard error.</param>
internal sealed class DataNotices(Action<string>? onWarning)
{
    private static int _hasSharedDirectory;

    private int _hasBeyondFloat;
    private int _hasByteRange;
    private int _hasManyTagSets;
    private int _hasNotCounted;
    private int _hasFailedCallback;

    /// <summary>Reports a sentence.</summary>
    public void Tell(string text) => Report.Tell(text, onWarning);

    /// <summary>Reports a finite scalar that a float cannot represent.</summary>
    public void BeyondFloat(string tag, IFormattable value)
    {
        if (Interlocked.Exchange(ref _hasBeyondFloat, 1) == 0)
        {
            Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"The scalar '{tag}' is {value}, which is beyond the range of a float and is written as "
                + $"an infinity. Further values are not reported."));
        }
    }

    /// <summary>
    /// Reports a new run in a directory that another run or writer has used; on standard error, once in a process.
    /// </summary>
    public void SharedDirectory(string path)
    {
        bool isOnStandardError = onWarning is null;
        if (isOnStandardError && Interlocked.Exchange(ref _hasSharedDirectory, 1) != 0)
            return;
        Tell(
            $"'{path}' already contains event files. TensorBoard draws all of them as one run, and omits what is added to "
            + "the older ones from now on. Use a new directory for each run, or set PurgeStep to resume a run."
            + (isOnStandardError ? " Further directories are not reported." : ""));
    }

    /// <summary>Whether a picture of floats that range from 0 to 255 was reported.</summary>
    public bool HasByteRange => Volatile.Read(ref _hasByteRange) != 0;

    /// <summary>Reports a picture of floats that appear to range from 0 to 255 instead of 0 to 1.</summary>
    public void ByteRange(string tag, float largest)
    {
        if (Interlocked.Exchange(ref _hasByteRange, 1) == 0)
        {
            Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"The picture '{tag}' has floats from 0 to {largest}, and those above 1 are white. Divide "
                + $"them by 255 or pass bytes. Further pictures are not reported."));
        }
    }

    /// <summary>Reports that no meter or event source has a name that was to be recorded; once for each call.</summary>
    public void NoMeter(string patterns, string known) => Tell(
        $"Nothing is recorded for '{patterns}': no meter or event source has had such a name so far. "
        + (known.Length > 0 ? $"There are: {known}." : "There are none at all."));

    /// <summary>Reports an instrument with more tag sets than are recorded separately.</summary>
    public void ManyTagSets(string instrument, int limit)
    {
        if (Interlocked.Exchange(ref _hasManyTagSets, 1) == 0)
        {
            Tell(string.Create(
                CultureInfo.InvariantCulture,
                $"The instrument '{instrument}' has more than {limit} sets of tags, or tags without a text. The "
                + $"others are recorded together as 'other', or not at all for a gauge. Use tags with few values, or raise "
                + $"TagSetLimit. Further instruments are not reported."));
        }
    }

    /// <summary>Reports NaN or an infinity that was added to a counter.</summary>
    public void NotCounted(string tag)
    {
        if (Interlocked.Exchange(ref _hasNotCounted, 1) == 0)
        {
            Tell(
                $"NaN or an infinity was added to the counter '{tag}' and is not counted. Further values are not "
                + "reported.");
        }
    }

    /// <summary>Reports an exception of an observable instrument's callback.</summary>
    public void FailedCallback(Exception failure)
    {
        if (Interlocked.Exchange(ref _hasFailedCallback, 1) == 0)
        {
            Tell(
                $"The callback of an observable instrument threw {failure.GetType().Name}: {failure.Message} Its "
                + "value is missing from this sample. Further exceptions are not reported.");
        }
    }
}
