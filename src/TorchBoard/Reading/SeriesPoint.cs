namespace TorchBoard;

/// <summary>A point of a <see cref="ScalarSeries"/> or a <see cref="Series{T}"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Step">The step.</param>
/// <param name="Value">The value.</param>
/// <param name="WallTime">The time the value was recorded.</param>
public readonly record struct SeriesPoint<T>(long Step, T Value, DateTimeOffset WallTime);
