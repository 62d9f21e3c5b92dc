namespace TorchBoard.Interpretation;

/// <summary>What <see cref="SmoothGrad"/> makes of the explanations of noisy inputs.</summary>
public enum NoiseSummary
{
    /// <summary>
    /// Their mean: SmoothGrad. Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.
    /// </summary>
    Mean,

    /// <summary>
    /// The mean of their squares: SmoothGrad². Hooker et al., "A Benchmark for Interpretability Methods in Deep Neural
    /// Networks", 2019.
    /// </summary>
    MeanSquare,

    /// <summary>
    /// Their variance, E[a²] − E[a]²: VarGrad. Adebayo et al., "Local Explanation Methods for Deep Neural Networks Lack
    /// Sensitivity to Parameter Values", 2018.
    /// </summary>
    Variance,
}
