namespace TorchBoard.Tests.Faults;

/// <summary>A clock whose time the test sets.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
