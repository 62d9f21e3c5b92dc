namespace TorchBoard.Pipeline;

/// <summary>Hears of a run that cannot be written and of its recovery, on the background thread.</summary>
internal interface IFailureListener
{
    void Failed(string path, Exception cause, long dropped);

    void Recovered(string path, long dropped);
}
