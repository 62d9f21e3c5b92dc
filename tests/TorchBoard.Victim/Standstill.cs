namespace TorchBoard.Victim;

/// <summary>A clock on which a program can start any number of times within one second.</summary>
internal sealed class Standstill : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
}
