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
            Does.Match($@"^events\.out\.tfevents\.1700000000\.[A-Za-z0-9_-]+\.{Environment.ProcessId}\.\d+\.rank0$"));

    [TestCase("events.out.tfevents.1699999999.host", "events.out.tfevents.1700000000.")]
    [TestCase("events.out.tfevents.1700000000.host", "events.out.tfevents.1700000001.")]
    [TestCase("events.out.tfevents.1700003600.host", "events.out.tfevents.1700003601.")]
    [TestCase("events.out.tfevents.1700000000", "events.out.tfevents.1700000001.")]
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
