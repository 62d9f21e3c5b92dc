using TorchBoard.CustomScalars;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard;

public sealed partial class SummaryWriter
{
    /// <summary>
    /// Says which curves the Custom Scalars dashboard draws together. To be called once a run; the curves may be added
    /// before or after.
    /// </summary>
    /// <param name="layout">The charts. TensorBoard puts the layouts of several runs together.</param>
    /// <exception cref="ArgumentNullException">There is no layout.</exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public void AddCustomScalars(CustomScalarsLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout proto = CustomScalarsSummary.LayoutOf(layout);
        Append(() => CustomScalarsSummary.Of(proto), proto.CalculateSize(), 0, null);
    }
}
