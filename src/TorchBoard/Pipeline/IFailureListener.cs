namespace TorchBoard.Pipeline;

/// <summary>Receives failures and recoveries of runs, on the background thread.</summary>
internal interface IFailureListener
{
    void Failed(string path, Exception cause, long dropped);

    void Recovered(string path, long dropped);
}
