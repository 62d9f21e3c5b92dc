using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

internal sealed class EventFileNameTests
{
    private const long Seconds = 1_700_000_000;
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Seconds);

    [Test]
    public void Names_have_ten_digits_of_seconds_host_process_number_and_suffix() =>
        Assert.That(
            EventFileName.Next(-1, Now, ".rank0"),
            Does.Match($@"^events\.out\.tfevents\.1700000000\.[A-Za-z0-9_-]+\.{Environment.ProcessId}\.\d+\.rank0$"));

    [TestCase(Seconds - 1, Seconds)]
    [TestCase(Seconds, Seconds + 1)]
    [TestCase(Seconds + 3600, Seconds + 3601)]
    [TestCase(9_999_999_999, 9_999_999_999)]
    public void A_new_file_sorts_after_existing_ones_even_if_the_clock_went_back(long latest, long expected) =>
        Assert.That(EventFileName.SecondsOf(EventFileName.Next(latest, Now, "")), Is.EqualTo(expected));

    [TestCase("events.out.tfevents.9999999999.host", 9_999_999_999)]
    [TestCase("events.out.tfevents.99999999999999999999.host", -1)]
    [TestCase("tfevents", -1)]
    [TestCase("tfevents.x", -1)]
    [TestCase("7.tfevents.12.tfevents.13", 12)]
    public void The_seconds_of_any_name_are_those_after_the_marker(string name, long expected) =>
        Assert.That(EventFileName.SecondsOf(name), Is.EqualTo(expected));
}
