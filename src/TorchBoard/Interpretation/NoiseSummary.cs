namespace TorchBoard.Interpretation;

/// <summary>How <see cref="SmoothGrad"/> combines the explanations of noisy inputs.</summary>
public enum NoiseSummary
{
    /// <summary>The mean: SmoothGrad. Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.</summary>
    Mean,

    /// <summary>
    /// The mean of the squares: SmoothGrad². Hooker et al., "A Benchmark for Interpretability Methods in Deep Neural
    /// Networks", 2019.
    /// </summary>
    MeanSquare,

    /// <summary>
    /// The variance, E[a²] − E[a]²: VarGrad. Adebayo et al., "Local Explanation Methods for Deep Neural Networks Lack
    /// Sensitivity to Parameter Values", 2018.
    /// </summary>
    Variance,
}
