using TorchBoard.Files;

namespace TorchBoard.Tests.Files;

internal sealed class EventFileNameTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    [Test]
    public void Names_have_ten_digits_of_seconds_host_process_number_and_suffix()
    {
        using var directory = new TestDirectory();
        string name = EventFileName.Next(directory, Now, ".rank0");
        Assert.That(
            name,
            Does.Match($@"^events\.out\.tfevents\.1700000000\.[A-Za-z0-9_-]+\.{Environment.ProcessId}\.\d+\.rank0$"));
    }

    [Test]
    public void A_new_file_sorts_after_those_already_there_even_when_the_clock_went_back()
    {
        using var directory = new TestDirectory();
        string first = EventFileName.Next(directory, Now, "");
        File.WriteAllBytes(Path.Combine(directory, first), []);

        string sameSecond = EventFileName.Next(directory, Now, "");
        string anHourBack = EventFileName.Next(directory, Now.AddHours(-1), "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.CompareOrdinal(first, sameSecond), Is.Negative);
            Assert.That(string.CompareOrdinal(first, anHourBack), Is.Negative);
        }
    }

    [TestCase("events.out.tfevents.9999999999.host")]
    [TestCase("events.out.tfevents.99999999999999999999.host")]
    [TestCase("tfevents")]
    public void Strange_names_in_the_directory_do_no_harm(string strange)
    {
        using var directory = new TestDirectory();
        File.WriteAllBytes(Path.Combine(directory, strange), []);
        Assert.That(EventFileName.Next(directory, Now, ""), Does.Match(@"^events\.out\.tfevents\.\d{10}\."));
    }
}
