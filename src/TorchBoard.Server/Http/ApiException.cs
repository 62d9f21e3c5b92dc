namespace TorchBoard.Server.Http;

/// <summary>The reason why a request is refused: a status and a sentence that the page shows.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
