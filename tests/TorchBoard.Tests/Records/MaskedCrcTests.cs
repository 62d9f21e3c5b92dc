using System.Text;
using TorchBoard.Records;

namespace TorchBoard.Tests.Records;

internal sealed class MaskedCrcTests
{
    [Test]
    public void Known_vectors_of_CRC_32C_hold()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MaskedCrc.Of(new byte[32]), Is.EqualTo(MaskedCrc.Mask(0x8a9136aa)));
            Assert.That(MaskedCrc.Of("123456789"u8), Is.EqualTo(MaskedCrc.Mask(0xe3069283)));
            Assert.That(MaskedCrc.Of([]), Is.EqualTo(MaskedCrc.Mask(0)));
        }
    }

    [Test]
    public void The_known_masked_vector_holds()
    {
        byte[] data = [0x1A, 0x11, .. Encoding.ASCII.GetBytes("CRC test, one two")];
        Assert.That(MaskedCrc.Of(data), Is.EqualTo(0x5794d08a));
    }

    [Test]
    public void Every_length_and_offset_equals_the_bitwise_definition([Range(0, 40)] int length)
    {
        byte[] data = [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 37))];
        for (int offset = 0; offset < 8; offset++)
        {
            ReadOnlySpan<byte> slice = data.AsSpan(offset, length);
            Assert.That(MaskedCrc.Of(slice), Is.EqualTo(WrittenEvents.Masked(slice)), $"offset {offset}");
        }
    }
}
