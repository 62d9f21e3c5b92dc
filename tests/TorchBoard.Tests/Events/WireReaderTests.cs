using TorchBoard.Events;

namespace TorchBoard.Tests.Events;

/// <summary>
/// The wire format of protobuf, as its documentation describes it: https://protobuf.dev/programming-guides/encoding.
/// </summary>
internal sealed class WireReaderTests
{
    [TestCase("00", 0UL)]
    [TestCase("01", 1UL)]
    [TestCase("7F", 127UL)]
    [TestCase("8001", 128UL)]
    [TestCase("9601", 150UL)]
    [TestCase("FFFFFFFF0F", uint.MaxValue)]
    [TestCase("FEFFFFFFFFFFFFFFFF01", ulong.MaxValue - 1, TestName = "-2")]
    [TestCase("80808080808080808001", 1UL << 63, TestName = "The lowest number")]
    public void A_varint_has_seven_bits_per_byte_the_lowest_first(string bytes, ulong expected)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(wire.Varint(), Is.EqualTo(expected));
        AssertAtEnd(wire, bytes.Length / 2);
    }

    [TestCase("")]
    [TestCase("80")]
    [TestCase("FFFFFFFFFFFFFFFFFF")]
    [TestCase("8080808080808080808001", TestName = "Eleven bytes")]
    public void A_varint_that_does_not_end_or_is_too_long_is_malformed(string bytes)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(wire.Varint(), Is.Zero);
        AssertFailed(ref wire, bytes.Length / 2);
    }

    [TestCase("08", 1U, 0U)]
    [TestCase("7D", 15U, 5U)]
    [TestCase("8201", 16U, 2U)]
    [TestCase("8A00", 1U, 2U, TestName = "A key with a needless byte")]
    [TestCase("F8FFFFFF0F", 0x1FFF_FFFFU, 0U, TestName = "The highest number of a field")]
    public void A_key_has_the_number_of_the_field_and_the_type_of_its_value(string bytes, uint field, uint encoding)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(wire.Next(out uint key));
        Assert.That((WireKey.Field(key), WireKey.Encoding(key)), Is.EqualTo((field, encoding)));
        AssertAtEnd(wire, bytes.Length / 2);
    }

    [TestCase("00")]
    [TestCase("07")]
    [TestCase("8000", TestName = "Field 0 in two bytes")]
    [TestCase("8080808010", TestName = "A number above the highest")]
    [TestCase("88")]
    public void A_key_of_no_valid_field_is_malformed(string bytes)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(wire.Next(out _), Is.False);
        AssertFailed(ref wire, bytes.Length / 2);
    }

    [Test]
    public void Numbers_of_a_fixed_size_are_little_endian()
    {
        var wire = new WireReader(Convert.FromHexString("000000000000F83F" + "0000C0BF"));
        Assert.That((wire.Double(), wire.Single()), Is.EqualTo((1.5, -1.5f)));
        AssertAtEnd(wire, 12);
    }

    [Test]
    public void A_truncated_number_is_malformed()
    {
        var wire = new WireReader(new byte[7]);
        Assert.That(wire.Double(), Is.Zero);
        AssertFailed(ref wire, 7);
        wire = new WireReader([1, 1, 1]);
        Assert.That(wire.Single(), Is.Zero);
        AssertFailed(ref wire, 3);
    }

    [TestCase("00", "")]
    [TestCase("0774657374696E67", "74657374696E67", TestName = "'testing' of the documentation")]
    public void Bytes_follow_their_length(string bytes, string expected)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(Convert.ToHexString(wire.Bytes()), Is.EqualTo(expected));
        AssertAtEnd(wire, bytes.Length / 2);
    }

    [TestCase("01")]
    [TestCase("0300FF")]
    [TestCase("FFFFFFFF0F00", TestName = "A length of 4 GB")]
    [TestCase("FFFFFFFFFFFFFFFFFF0100", TestName = "A length of 16 EB")]
    public void A_length_that_exceeds_the_message_is_malformed(string bytes)
    {
        var wire = new WireReader(Convert.FromHexString(bytes));
        Assert.That(wire.Bytes().IsEmpty);
        AssertFailed(ref wire, bytes.Length / 2);
    }

    [TestCase(0, "9601")]
    [TestCase(1, "0102030405060708")]
    [TestCase(2, "03010203")]
    [TestCase(5, "01020304")]
    public void A_skipped_field_is_followed_by_the_next_one(int encoding, string value)
    {
        byte[] bytes = Convert.FromHexString(value);
        var wire = new WireReader([(byte)((15 << 3) | encoding), .. bytes, 0x08, 0x2A]);
        Assert.That(wire.Next(out uint key));
        wire.Skip(key);

        Assert.That(wire.Position, Is.EqualTo(1 + bytes.Length));
        Assert.That(wire.Next(out key));
        Assert.That((key, wire.Varint()), Is.EqualTo((8U, 42UL)));
        AssertAtEnd(wire, bytes.Length + 3);
    }

    [TestCase(0, "96")]
    [TestCase(1, "01020304050607")]
    [TestCase(2, "030102")]
    [TestCase(5, "010203")]
    [TestCase(3, "7C", TestName = "A group, which no event has")]
    [TestCase(4, "")]
    [TestCase(6, "01")]
    [TestCase(7, "01")]
    public void A_field_that_is_truncated_or_of_another_type_cannot_be_skipped(int encoding, string value)
    {
        byte[] bytes = Convert.FromHexString(value);
        var wire = new WireReader([(byte)((15 << 3) | encoding), .. bytes]);
        Assert.That(wire.Next(out uint key));
        wire.Skip(key);
        AssertFailed(ref wire, 1 + bytes.Length);
    }

    [Test]
    public void After_a_failure_nothing_more_is_read()
    {
        var wire = new WireReader([0x08, 0x01, 0x08, 0x02]);
        Assert.That(wire.Next(out _));
        Assert.That(wire.Fail(), Is.False);
        AssertFailed(ref wire, 4);
    }

    private static void AssertAtEnd(WireReader wire, int length)
    {
        Assert.That((wire.Position, wire.Failed), Is.EqualTo((length, false)));
        Assert.That(wire.Next(out _), Is.False);
        Assert.That(wire.Failed, Is.False, "the end of a message is no failure");
    }

    private static void AssertFailed(ref WireReader wire, int length)
    {
        Assert.That((wire.Position, wire.Failed), Is.EqualTo((length, true)));
        Assert.That(wire.Next(out _), Is.False);
    }
}
