namespace TorchBoard.Server.Http;

/// <summary>Why a request is not answered: a status and a sentence that the page shows.</summary>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
