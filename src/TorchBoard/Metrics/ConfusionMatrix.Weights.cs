namespace TorchBoard.Metrics;

public sealed partial class ConfusionMatrix
{
    // Null while all weights are 1.
    private double[]? _weights;
    private double _weight;

    /// <summary>The sum of the weights of all items: without weights, <see cref="Total"/>.</summary>
    public double Weight => _weights is null ? Total : _weight;

    internal bool IsWeighted => _weights is not null;

    /// <summary>Returns the sum of the weights of the items in each cell: without weights, <see cref="Counts"/>.</summary>
    /// <returns>Shape [true classes, predicted classes].</returns>
    public double[] WeightedCounts() => _weights?[..] ?? Array.ConvertAll(_counts, count => (double)count);

    /// <summary>Returns the sum of the weights of the items of a true class.</summary>
    internal double TrueWeight(int label)
    {
        ThrowIfNoClass(label, nameof(label));
        double sum = 0;
        for (int prediction = 0; prediction < Classes; prediction++)
            sum += At(label, prediction);
        return sum;
    }

    private double At(int label, int prediction) => WeightOfCell((label * Classes) + prediction);

    private double WeightOfCell(int cell) => _weights is null ? _counts[cell] : _weights[cell];

    private double TruePositiveWeight(int label)
    {
        ThrowIfNoClass(label, nameof(label));
        return At(label, label);
    }

    private double PredictedWeight(int label)
    {
        ThrowIfNoClass(label, nameof(label));
        double sum = 0;
        for (int other = 0; other < Classes; other++)
            sum += At(other, label);
        return sum;
    }

    private void StartWeights(bool areWeighted)
    {
        if (areWeighted && _weights is null)
            (_weights, _weight) = (WeightedCounts(), Total);
    }
}
