using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Watching;

/// <summary>
/// Statistics of many tensors: the mean and largest magnitude of each, and the number of NaN and infinite values and
/// the norm of all. They are computed on the tensors' devices; a transfer waits only when a value is requested.
/// </summary>
internal sealed class Magnitudes : IDisposable
{
    // A row for each tensor, Float64.
    private readonly Tensor _rows;

    private Magnitudes(Tensor rows)
    {
        _rows = rows;
        NaN = Kept(Sum(MagnitudeColumn.NaN));
        Infinite = Kept(Sum(MagnitudeColumn.Infinite));
        Norm = Kept(Sum(MagnitudeColumn.SumOfSquares).sqrt());

        Tensor Sum(MagnitudeColumn column) => rows.select(1, (long)column).sum();
    }

    /// <summary>Number of NaN values.</summary>
    public Tensor NaN { get; }

    /// <summary>Number of infinite values.</summary>
    public Tensor Infinite { get; }

    /// <summary>The square root of the sum of squares.</summary>
    public Tensor Norm { get; }

    public static Magnitudes Of(IReadOnlyList<Tensor> tensors)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();

        // Layers may be on several devices; their rows are collected on the first tensor's device.
        Device device = tensors[0].device;
        return new Magnitudes(Kept(stack([.. tensors.Select(tensor => RowOf(tensor).to(device))])));
    }

    /// <summary>
    /// Returns a function that fetches the mean and largest magnitude of each tensor; to be called once.
    /// </summary>
    public Func<(float[] Means, float[] Greatest)> TakeFlow()
    {
        // Host memory is read immediately: a tensor that another thread disposes of would stay in this thread's
        // statistics.
        if (_rows.device_type == DeviceType.CPU)
        {
            (float[], float[]) read = Read(_rows);
            return () => read;
        }

        Tensor rows = Kept(_rows.alias());
        return () =>
        {
            using (rows)
                return Read(rows);
        };
    }

    public void Dispose()
    {
        _rows.Dispose();
        NaN.Dispose();
        Infinite.Dispose();
        Norm.Dispose();
    }

    private static Tensor RowOf(Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CPU)
            return torch.tensor(HostMagnitudes.Of(tensor));
        Tensor values = tensor.detach().to_type(ScalarType.Float32);
        Tensor magnitudes = values.abs();
        Tensor exact = values.to_type(ScalarType.Float64);
        return stack(
        [
            magnitudes.mean().to_type(ScalarType.Float64), magnitudes.max().to_type(ScalarType.Float64),
            values.isnan().sum(ScalarType.Float64), values.isinf().sum(ScalarType.Float64), (exact * exact).sum(),
        ]);
    }

    private static (float[] Means, float[] Greatest) Read(Tensor rows)
    {
        using var host = new HostTensor(rows, ScalarType.Float64);
        double[] numbers = host.Values<double>().ToArray();
        int columns = Enum.GetValues<MagnitudeColumn>().Length;
        return (Column(MagnitudeColumn.Mean), Column(MagnitudeColumn.Greatest));

        float[] Column(MagnitudeColumn column) =>
            [.. numbers.Where((_, i) => i % columns == (int)column).Select(number => (float)number)];
    }

    private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();
}
