using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>
/// What is told of many tensors together: of each the mean and the greatest magnitude, of all how many values are NaN
/// or infinite and the norm. Reckoned where the tensors are; a device is waited for only when somebody asks.
/// </summary>
internal sealed class Magnitudes : IDisposable
{
    private readonly Tensor _flow;

    private Magnitudes(Tensor flow, Tensor nan, Tensor infinite, Tensor norm) =>
        (_flow, NaN, Infinite, Norm) = (flow, nan, infinite, norm);

    /// <summary>How many values are NaN.</summary>
    public Tensor NaN { get; }

    /// <summary>How many values are infinite.</summary>
    public Tensor Infinite { get; }

    /// <summary>The root of the sum of squares.</summary>
    public Tensor Norm { get; }

    public static Magnitudes Of(IReadOnlyList<Tensor> tensors)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        Device device = tensors[0].device;
        Tensor[] values = [.. tensors.Select(tensor => tensor.detach().to_type(ScalarType.Float32))];
        return new Magnitudes(
            Kept(stack(values.Select(tensor => OnDevice(stack([tensor.abs().mean(), tensor.abs().max()]))).ToArray())),
            Kept(Total(tensor => tensor.isnan().sum())),
            Kept(Total(tensor => tensor.isinf().sum())),
            Kept(Total(tensor => tensor.to_type(ScalarType.Float64).square().sum()).sqrt()));

        Tensor Total(Func<Tensor, Tensor> sum) =>
            stack(values.Select(tensor => OnDevice(sum(tensor).to_type(ScalarType.Float64))).ToArray()).sum();

        // Layers may be spread over devices; what is told of them comes together on the first one's.
        Tensor OnDevice(Tensor tensor) => tensor.to(device);

        static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();
    }

    /// <summary>
    /// Hands over how to have mean and greatest magnitude of each tensor; to be called once.
    /// </summary>
    public Func<(float[] Means, float[] Greatest)> TakeFlow()
    {
        Tensor flow = _flow.alias().DetachFromDisposeScope();
        return () =>
        {
            using (flow)
            using (DisposeScope scope = NewDisposeScope())
            {
                float[] pairs = MemoryMarshal.Cast<byte, float>(flow.cpu().bytes).ToArray();
                return ([.. pairs.Where((_, i) => i % 2 == 0)], [.. pairs.Where((_, i) => i % 2 == 1)]);
            }
        };
    }

    public void Dispose()
    {
        _flow.Dispose();
        NaN.Dispose();
        Infinite.Dispose();
        Norm.Dispose();
    }
}
