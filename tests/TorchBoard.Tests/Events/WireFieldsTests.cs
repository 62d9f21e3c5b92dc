using TorchBoard.Events;

namespace TorchBoard.Tests.Events;

internal sealed class WireFieldsTests
{
    private const uint FirstString = 0x0A;

    [TestCase("", "", 0)]
    [TestCase("1001" + "1502030405", "1001" + "1502030405", 0)]
    [TestCase("0A00", "", 1)]
    [TestCase("0A0161" + "1001" + "0A00" + "120161" + "0A0162", "1001" + "120161", 3)]
    [TestCase("0801" + "0A0161", "0801", 1, TestName = "A field of the same number and another type stays")]
    public void The_fields_of_one_key_are_left_out_and_counted(string message, string expected, int left)
    {
        ReadOnlySpan<byte> kept = WireFields.Without(FirstString, Convert.FromHexString(message), out int count);
        Assert.That((Convert.ToHexString(kept), count), Is.EqualTo((expected, left)));
    }

    [TestCase("0A0261")]
    [TestCase("1001" + "0B")]
    public void A_malformed_message_is_reported(string message) =>
        Assert.That(
            () => WireFields.Without(FirstString, Convert.FromHexString(message), out _).Length,
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("the message is malformed"));
}
