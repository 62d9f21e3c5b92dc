namespace Quickstart;

/// <summary>One step of training.</summary>
/// <param name="Step">How many steps came before; 0 for the first.</param>
/// <param name="Loss">The mean cross-entropy of the step's batch, nudged, before the weights were changed.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
public readonly record struct TrainingStep(long Step, double Loss, double LearningRate);
