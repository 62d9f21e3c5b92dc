namespace TorchBoard.Tests.Reading;

internal sealed class EventFileWriterTests
{
    [Test]
    public void A_copy_of_all_events_is_the_same_file()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(
            directory, [EventBytes.Opening(), EventBytes.SessionStart(0), EventBytes.Scalar("a", 0, 1)]);

        string copy = Write(Path.Combine(directory, "copy"), path, (writer, e) => writer.Write(e));

        Assert.That(File.ReadAllBytes(copy), Is.EqualTo(File.ReadAllBytes(path)));
    }

    [Test]
    public void Merged_files_have_one_opening_event_and_a_salvaged_one_gets_it_back()
    {
        using var directory = new TestDirectory();
        EventBytes.Write(directory, [EventBytes.Scalar("a", 0, 1)], "events.out.tfevents.0000000001.h.1.0");
        EventBytes.Write(directory, [EventBytes.Opening(), EventBytes.Scalar("a", 1, 2)], "events.out.tfevents.0000000002.h.1.0");

        string merged = Write(Path.Combine(directory, "merged"), directory, (writer, e) => writer.Write(e));

        var events = WrittenEvents.InFile(merged);
        Assert.That(events.Select(e => e.FileVersion), Is.EqualTo(["brain.Event:2", "", ""]));
        Assert.That(events.Select(e => e.Step), Is.EqualTo([0L, 0, 1]));
    }

    [Test]
    public void Tags_are_renamed_and_left_out()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(
            directory, [EventBytes.Opening(), EventBytes.Scalar("a", 0, 1), EventBytes.Scalar("b", 0, 2), EventBytes.Scalar("c", 0, 3)]);

        string copy = Write(Path.Combine(directory, "copy"), path, (writer, e) =>
            writer.Write(e, tag => tag switch { "a" => "loss/a", "b" => null, _ => tag }));

        RunLog run = RunLog.Open(copy);
        Assert.That(run.Tags.Keys, Is.EqualTo(["loss/a", "c"]));
        Assert.That(run.Scalars["loss/a"].Values.ToArray(), Is.EqualTo([1.0]));
    }

    private static string Write(string to, string from, Action<EventFileWriter, LoggedEvent> write)
    {
        using EventFileWriter writer = EventFileWriter.Create(to);
        foreach (LoggedEvent e in RunLog.ReadEvents(from))
            write(writer, e);
        return writer.Path;
    }
}
