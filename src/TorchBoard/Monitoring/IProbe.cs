namespace TorchBoard.Monitoring;

/// <summary>A source of measurements of the system. Disposed with its monitor.</summary>
internal interface IProbe : IDisposable
{
    /// <summary>Returns the names and values of the moment.</summary>
    IEnumerable<(string Name, double Value)> Sample();
}
