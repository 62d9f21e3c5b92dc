namespace TorchBoard.Tests.Reading;

/// <summary>
/// A small file: the opening, then steps 0 to 5 of one scalar, whose values are ten times the step.
/// </summary>
internal static class SixScalars
{
    public static byte[][] Records { get; } =
    [
        EventBytes.Opening(), .. Enumerable.Range(0, 6).Select(i => EventBytes.Scalar("loss/train", i, i * 10)),
    ];

    public static byte[] Whole => [.. Records.SelectMany(record => record)];

    /// <summary>The offsets at which records begin or the file ends.</summary>
    public static int[] Ends { get; } =
        [0, .. Records.Select((_, i) => Records.Take(i + 1).Sum(record => record.Length))];

    public static int RecordsBefore(int offset) => Ends.Count(end => end <= offset) - 1;

    public static IEnumerable<long> Steps(int count) => Enumerable.Range(0, count).Select(i => (long)i);
}
