namespace Quickstart;

/// <summary>How good the network is after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1; 0 for the network before training.</param>
/// <param name="Step">How many steps of training came before.</param>
/// <param name="Train">How it does on the pictures that it is trained on.</param>
/// <param name="HeldOut">How it does on those it has never seen.</param>
public sealed record EpochResult(int Epoch, long Step, Evaluation Train, Evaluation HeldOut);
