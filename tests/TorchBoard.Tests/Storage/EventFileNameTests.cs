using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

internal sealed class EventFileNameTests
{
    private const long Seconds = 1_700_000_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Seconds);

    [Test]
    public void Names_have_ten_digits_of_seconds_host_process_number_and_suffix() =>
        Assert.That(
            EventFileName.Next(null, Now, ".rank0"),
            Does.Match($@"^events\.out\.tfevents\.1700000000\.[A-Za-z0-9_-]+\.{Environment.ProcessId}\.\d{{4,}}\.rank0$"));

    [TestCase(0, "events.out.tfevents.0000000000.")]
    [TestCase(5, "events.out.tfevents.0000000005.")]
    [TestCase(-1, "events.out.tfevents.0000000000.")]
    [TestCase(9_999_999_999, "events.out.tfevents.9999999999.")]
    [TestCase(10_000_000_000, "events.out.tfevents.9999999999.")]
    public void The_seconds_have_ten_digits_whatever_the_clock_says(long seconds, string expected) =>
        Assert.That(EventFileName.Next(null, DateTimeOffset.FromUnixTimeSeconds(seconds), ""), Does.StartWith(expected));

    [TestCase(0, 1, "0")]
    [TestCase(7, 1, "7")]
    [TestCase(7, 4, "0007")]
    [TestCase(1234, 4, "1234")]
    [TestCase(12345, 4, "12345")]
    [TestCase(long.MaxValue, 1, "9223372036854775807")]
    public void Numbers_are_padded_with_zeros(long number, int atLeast, string expected) =>
        Assert.That(EventFileName.Digits(number, atLeast), Is.EqualTo(expected));

    [TestCase("node-7_B", "node-7_B")]
    [TestCase("node 7.example/x", "node_7_example_x")]
    [TestCase("ноут", "____")]
    [TestCase("", "localhost")]
    public void The_name_of_the_host_has_letters_and_digits_of_ASCII(string machine, string expected) =>
        Assert.That(EventFileName.Host(machine), Is.EqualTo(expected));

    [TestCase("events.out.tfevents.1699999999.host", "events.out.tfevents.1700000000.")]
    [TestCase("events.out.tfevents.1700000000.host", "events.out.tfevents.1700000001.")]
    [TestCase("events.out.tfevents.1700003600.host", "events.out.tfevents.1700003601.")]
    [TestCase("events.out.tfevents.1700000000", "events.out.tfevents.1700000001.")]
    [TestCase("events.out.tfevents.2999999999.host", "events.out.tfevents.3000000000.")]
    [TestCase("events.out.tfevents.2000000000", "events.out.tfevents.2000000001.")]
    [TestCase("events.out.tfevents.host", "events.out.tfevents~0.")]
    [TestCase("zebra.tfevents", "zebra.tfevents~0.")]
    public void A_new_file_sorts_after_existing_ones_even_if_the_clock_went_back(string last, string expected) =>
        Assert.That(EventFileName.Next(last, Now, ""), Does.StartWith(expected));

    [TestCase("events.out.tfevents.638712345678901299.host.7", TestName = "TorchSharp's writer: ticks of 18 digits")]
    [TestCase("events.out.tfevents.9999999999.host")]
    [TestCase("events.out.tfevents.99999999990.host")]
    [TestCase("events.out.tfevents.1700000000x")]
    [TestCase("events.out.tfevents.99x")]
    [TestCase("events.out.tfevents.5.host")]
    [TestCase("events.out.tfevents.host")]
    [TestCase("events.out.tfevents")]
    [TestCase("zebra-tfevents-2")]
    [TestCase("model.tfevents.12")]
    [TestCase("x.tfevents~~")]
    [TestCase("\uD83D\uDE00 tfevents \uFF5E")]
    public void A_new_file_sorts_after_any_name_and_the_next_one_after_it(string last)
    {
        string first = EventFileName.Next(last, Now, "");
        string second = EventFileName.Next(first, Now, "");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.CompareOrdinal(first, last), Is.Positive, first);
            Assert.That(string.CompareOrdinal(second, first), Is.Positive, second);
            Assert.That(second, Does.Contain(EventFileName.Marker));
        }
    }

    [Test]
    public void Names_do_not_grow_with_the_number_of_restarts([Values("events.out.tfevents.638712345678901299.host", "a.tfevents.x")] string last)
    {
        string early = EventFileName.Next(last, Now, "");
        string late = Enumerable.Range(0, 1000).Aggregate(early, (name, _) => EventFileName.Next(name, Now, ""));
        Assert.That(late, Has.Length.LessThanOrEqualTo(early.Length + 4));
    }
}
