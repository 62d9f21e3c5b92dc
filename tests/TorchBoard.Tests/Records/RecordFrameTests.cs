using TorchBoard.Records;

namespace TorchBoard.Tests.Records;

internal sealed class RecordFrameTests
{
    [Test]
    public void A_frame_is_length_its_CRC_payload_and_its_CRC()
    {
        byte[] record = new byte[32];
        "abc"u8.CopyTo(record.AsSpan(RecordFrame.HeaderLength));

        int length = RecordFrame.Close(record, 3);

        // Lengths and masked CRC-32C checksums according to the format.
        byte[] expected =
        [
            3, 0, 0, 0, 0, 0, 0, 0,
            .. BitConverter.GetBytes(WrittenEvents.Masked([3, 0, 0, 0, 0, 0, 0, 0])),
            (byte)'a', (byte)'b', (byte)'c',
            .. BitConverter.GetBytes(WrittenEvents.Masked("abc"u8)),
        ];
        Assert.That(record[..length], Is.EqualTo(expected));
    }

    [Test]
    public void An_empty_payload_has_a_frame_too()
    {
        byte[] record = new byte[RecordFrame.Overhead];
        Assert.That(RecordFrame.Close(record, 0), Is.EqualTo(16));
        Assert.That(WrittenEvents.Records(record).Single(), Is.Empty);
    }
}
