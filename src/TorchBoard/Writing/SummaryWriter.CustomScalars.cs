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
    /// <exception cref="ArgumentNullException">The layout is null.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddCustomScalars(CustomScalarsLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout proto = CustomScalarsSummary.LayoutOf(layout);
        Append(() => CustomScalarsSummary.Of(proto), proto.CalculateSize(), 0, null);
    }
}
