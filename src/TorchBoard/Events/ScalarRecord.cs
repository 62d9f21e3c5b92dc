using System.Runtime.CompilerServices;
using TorchBoard.Pipeline;

namespace TorchBoard.Events;

/// <summary>A scalar's record, ready to be written.</summary>
internal readonly ref struct ScalarRecord(ScalarTemplate template, float value, long step, double wallTime)
    : IFramedRecord
{
    public int Length => template.RecordLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTo(ref byte destination) => template.Write(ref destination, value, step, wallTime);
}
