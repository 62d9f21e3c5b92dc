using Google.Protobuf;
using TorchBoard.Events;

namespace TorchBoard.Tests.Events;

internal sealed class WireWriterTests
{
    private static readonly ulong[] Numbers =
        [0, ulong.MaxValue, .. Enumerable.Range(1, 9).SelectMany(n => new[] { (1UL << (7 * n)) - 1, 1UL << (7 * n) })];

    [Test]
    public void Varints_and_their_lengths_equal_those_of_protobuf([ValueSource(nameof(Numbers))] ulong number)
    {
        byte[] written = new byte[10];
        var wire = new WireWriter(written);
        wire.Varint(number);

        byte[] expected = new byte[CodedOutputStream.ComputeUInt64Size(number)];
        var protobuf = new CodedOutputStream(expected);
        protobuf.WriteUInt64(number);
        Assert.That(written[..wire.Position], Is.EqualTo(expected));
        Assert.That(WireWriter.VarintLength(number), Is.EqualTo(expected.Length));
    }

    [TestCase(0, 2)]
    [TestCase(127, 129)]
    [TestCase(128, 131)]
    [TestCase(16_384, 16_388)]
    public void A_field_has_a_key_its_length_and_its_bytes(int length, int expected) =>
        Assert.That(WireWriter.FieldLength(length), Is.EqualTo(expected));

    [Test]
    public void Values_follow_each_other()
    {
        byte[] written = new byte[18];
        var wire = new WireWriter(written);
        wire.Byte(0x09);
        wire.Double(1.5);
        wire.Take(2).Fill(0xAB);
        wire.Byte(0x15);
        wire.Single(-1.5f);
        wire.Byte(0xFF);

        Assert.That(wire.Position, Is.EqualTo(17));
        Assert.That(Convert.ToHexString(written), Is.EqualTo("09000000000000F83F" + "ABAB" + "150000C0BF" + "FF" + "00"));
    }
}
