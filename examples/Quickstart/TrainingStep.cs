namespace Quickstart;

/// <summary>A training step.</summary>
/// <param name="Step">The number of earlier steps; 0 for the first.</param>
/// <param name="Loss">The mean cross-entropy of the augmented batch before the weights change.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public readonly record struct TrainingStep(long Step, double Loss, double LearningRate);
