namespace TorchBoard.Tests.Reading;

internal sealed class EventFileWriterTests
{
    [Test]
    public void A_copy_of_all_events_is_the_same_file()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(
            directory, [EventBytes.Opening(), EventBytes.SessionStart(0), EventBytes.Scalar("a", 0, 1)]);
        string copy = Path.Combine(directory, "new", "copy.tfevents");

        using (var writer = new EventFileWriter(copy))
        {
            foreach (LoggedEvent e in RunLog.ReadEvents(path))
                writer.Write(e.Payload.Span);
            Assert.That(writer.Length, Is.EqualTo(new FileInfo(path).Length));
        }

        Assert.That(File.ReadAllBytes(copy), Is.EqualTo(File.ReadAllBytes(path)));
    }

    [Test]
    public void An_existing_file_is_not_touched()
    {
        using var directory = new TestDirectory();
        string path = EventBytes.Write(directory, [EventBytes.Opening()]);
        byte[] before = File.ReadAllBytes(path);

        Assert.That(() => new EventFileWriter(path), Throws.InstanceOf<IOException>());
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
    }

    [Test]
    public void Bytes_that_are_not_an_event_are_rejected()
    {
        using var directory = new TestDirectory();
        using var writer = new EventFileWriter(Path.Combine(directory, "x.tfevents"));
        Assert.That(
            () => writer.Write([0x0A, 0xFF, 0xFF]), Throws.ArgumentException
                .With.Property("ParamName").EqualTo("payload"));
        Assert.That(writer.Length, Is.Zero);
    }
}
