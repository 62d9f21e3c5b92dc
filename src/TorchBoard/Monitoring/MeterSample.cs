namespace TorchBoard.Monitoring;

/// <summary>A moment at which measurements are written.</summary>
/// <param name="Step">The step of the written values.</param>
/// <param name="Time">The seconds since the recording began.</param>
/// <param name="Previous">The same for the previous sample.</param>
internal readonly record struct MeterSample(long Step, double Time, double Previous);
