namespace TorchBoard.TestKit;

/// <summary>Compares bytes. NUnit's own comparison takes a microsecond per byte.</summary>
internal static class Bytes
{
    public static void AssertEqual(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, string message = "")
    {
        // NUnit describes the difference.
        if (!actual.SequenceEqual(expected))
            Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()), message);
    }
}
