using TorchBoard.Figures;

namespace Quickstart;

/// <summary>Collects the losses on training and held-out digits per epoch, for a chart in the terminal.</summary>
public sealed class LossCurves
{
    private readonly List<long> _steps = [];
    private readonly List<double> _train = [];
    private readonly List<double> _heldOut = [];

    /// <summary>Adds an epoch.</summary>
    public void Add(EpochResult result)
    {
        _steps.Add(result.Step);
        _train.Add(result.Train.Loss);
        _heldOut.Add(result.HeldOut.Loss);
    }

    /// <summary>Draws both curves by step, on a logarithmic axis.</summary>
    public TextChart Chart()
    {
        var chart = new TextChart { Title = "loss", LogarithmicY = true };
        long[] steps = [.. _steps];
        chart.Add("train", steps, [.. _train]);
        chart.Add("heldout", steps, [.. _heldOut]);
        return chart;
    }
}
