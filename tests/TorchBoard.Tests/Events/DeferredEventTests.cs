using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

/// <summary>An event is encoded later, by the background thread, and once: its data has been released then.</summary>
internal sealed class DeferredEventTests
{
    private static readonly Summary Loss = new() { Value = { new Summary.Types.Value { Tag = "loss", SimpleValue = 1 } } };

    private int _built;

    [Test]
    public void A_retry_appends_the_same_bytes_without_building_the_event_again()
    {
        var deferred = new DeferredEvent(Build, size: 1234, step: 7, wallTime: 100);
        Assert.That((_built, deferred.Size), Is.EqualTo((0, 1234L)));

        byte[] first = deferred.Encode();
        Assert.That(deferred.Encode(), Is.SameAs(first));
        Assert.That(_built, Is.EqualTo(1));
        Assert.That(Read(first), Is.EqualTo(new Event { WallTime = 100, Step = 7, Summary = Loss }));
    }

    [Test]
    public void Any_event_can_be_built_later()
    {
        var e = new Event { WallTime = 100, FileVersion = "brain.Event:2" };
        Assert.That(Read(new DeferredEvent(() => e, size: 1).Encode()), Is.EqualTo(e));
    }

    [Test]
    public void An_event_that_could_not_be_built_is_built_at_the_next_attempt()
    {
        int attempts = 0;
        var deferred = new DeferredEvent(() => attempts++ == 0 ? throw new InvalidOperationException() : Build(), 1, 0, 0);
        Assert.That(deferred.Encode, Throws.InvalidOperationException);
        Assert.That(Read(deferred.Encode()).Summary, Is.EqualTo(Loss));
    }

    private static Event Read(byte[] record) => Event.Parser.ParseFrom(WrittenEvents.Records(record).Single());

    private Summary Build()
    {
        _built++;
        return Loss;
    }
}
