using TorchBoard.CustomScalars;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Defines which curves the Custom Scalars dashboard shows together. Call it once per run, before or after adding
    /// the curves.
    /// </summary>
    /// <param name="layout">The charts. TensorBoard merges the layouts of several runs.</param>
    /// <param name="wallTime">The time it was recorded; the current time by default.</param>
    /// <exception cref="ArgumentNullException">The layout is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The writer has already added a layout; TensorBoard reads only one per run.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddCustomScalars(CustomScalarsLayout layout, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout proto = CustomScalarsSummary.LayoutOf(layout);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        Claim(CustomScalarsSummary.LayoutTag, PluginTable.CustomScalars);
        if (!_run.TakeLayout())
        {
            throw new InvalidOperationException(
                "This run already has a layout of custom scalars, and TensorBoard reads only the first one. Put all "
                + "categories into one layout.");
        }

        Append(() => CustomScalarsSummary.Of(proto), proto.CalculateSize(), 0, wallTime);
    }
}
