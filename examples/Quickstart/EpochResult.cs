namespace Quickstart;

/// <summary>The network's quality after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1; 0 for the network before training.</param>
/// <param name="Step">The number of training steps so far.</param>
/// <param name="Train">The evaluation on the training pictures.</param>
/// <param name="HeldOut">The evaluation on the held-out pictures.</param>
public sealed record EpochResult(int Epoch, long Step, Evaluation Train, Evaluation HeldOut);
