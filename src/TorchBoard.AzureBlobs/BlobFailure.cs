using System.Globalization;
using System.Net;
using Azure;
using Azure.Identity;

namespace TorchBoard.AzureBlobs;

/// <summary>Turns exceptions of the SDK into those of <see cref="ObjectStorage"/>, with what a person can do.</summary>
internal static class BlobFailure
{
    private static readonly TimeSpan AcceptedSkew = TimeSpan.FromMinutes(5);

    /// <param name="e">The exception.</param>
    /// <param name="path">What the request was for.</param>
    /// <param name="verb">What it was to do, such as <c>read</c>.</param>
    /// <param name="endpoint">The URL of the account.</param>
    /// <param name="limit">The time that it had.</param>
    public static IOException Of(Exception e, ObjectPath path, string verb, string endpoint, TimeSpan limit)
    {
        string name = path.Key.Length > 0 ? $"az://{path.Container}/{path.Key}" : $"az://{path.Container}";
        string cannot = $"Cannot {verb} '{name}' at {endpoint}";
        return Innermost(e) switch
        {
            OperationCanceledException => new IOException(
                string.Create(
                    CultureInfo.InvariantCulture, $"{cannot}: no complete answer came within {limit.TotalSeconds:0} seconds."),
                e),
            RequestFailedException { ErrorCode: "BlobNotFound" or "ResourceNotFound" } when path.Key.Length > 0 =>
                verb == "append to" ? Changed(cannot, e) : new FileNotFoundException($"There is no '{name}' at {endpoint}.", name, e),
            RequestFailedException
            {
                ErrorCode: "ConditionNotMet" or "AppendPositionConditionNotMet" or "BlobAlreadyExists" or "TargetConditionNotMet",
            }

                or RequestFailedException { Status: (int)HttpStatusCode.PreconditionFailed } => Changed(cannot, e),
            RequestFailedException answer => new IOException($"{cannot}: {ReasonOf(answer, path)}", e),
            AuthenticationFailedException => new IOException(
                $"{cannot}: there are no credentials. Set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, run 'az login', or give "
                + $"the machine a managed identity ({FirstLine(Innermost(e).Message)})",
                e),
            HttpRequestException or IOException => new IOException($"{cannot}: {Unreachable(e)}", e),
            _ => new IOException($"{cannot}: {FirstLine(Innermost(e).Message)}", e),
        };
    }

    private static ObjectChangedException Changed(string cannot, Exception e) =>
        new($"{cannot}: it was changed, created or deleted meanwhile.", e);

    // The failures of all attempts come in one exception.
    private static Exception Innermost(Exception e) =>
        e is AggregateException { InnerExceptions: [.., var last] } ? Innermost(last) : e;

    private static string Unreachable(Exception e) =>
        $"the server cannot be reached ({Innermost(e).Message.Split('\n')[0].Trim().TrimEnd('.')}). Check the network, and that "
        + "AZURE_STORAGE_CONNECTION_STRING or AZURE_STORAGE_ACCOUNT names the right account.";

    private static string ReasonOf(RequestFailedException e, ObjectPath path) => e.ErrorCode switch
    {
        "ContainerNotFound" =>
            $"there is no container '{path.Container}'. Check the name and the account; TorchBoard creates no containers.",
        "ContainerBeingDeleted" => $"the container '{path.Container}' is being deleted.",
        "InvalidResourceName" or "OutOfRangeInput" =>
            $"'{path.Container}' is not a valid name of a container, or the name of the blob is not valid.",
        "InvalidBlobType" => "it is not an append blob, because another program has written it.",
        "BlockCountExceedsLimit" => "it has 50,000 blocks, and Azure allows no more.",
        "AuthenticationFailed" or "InvalidAuthenticationInfo" when SkewOf(e) is { Length: > 0 } skew =>
            $"the clocks of this machine and of the server differ{skew}. Set the clock.",
        "AuthenticationFailed" or "InvalidAuthenticationInfo" or "NoAuthenticationInformation" =>
            "the server does not accept the credentials. Check the key, or renew the SAS token if it has expired.",
        "AuthorizationFailure" or "AuthorizationPermissionMismatch" or "InsufficientAccountPermissions"
            or "AuthorizationProtocolMismatch" or "AuthorizationResourceTypeMismatch" =>
            "access is denied. Check the key or the SAS token. An identity needs the role 'Storage Blob Data Contributor' (to "
            + "read, 'Storage Blob Data Reader'), a SAS token the permissions to read, list, create, write, add and delete; a "
            + "firewall of the account may also be the cause.",
        "ServerBusy" => "the server is busy and asks for fewer requests.",
        _ when e.Status == 0 => Unreachable(e),
        _ when e.Status >= 500 => string.Create(
            CultureInfo.InvariantCulture, $"the server failed with status {e.Status}: {FirstLine(e.Message)}"),
        _ => FirstLine(e.Message),
    };

    /// <summary>Returns how much the clock of this machine differs from the server's, if it does.</summary>
    private static string SkewOf(RequestFailedException e)
    {
        if (e.GetRawResponse()?.Headers.Date is not { } theirs)
            return "";
        TimeSpan skew = TimeProvider.System.GetUtcNow() - theirs;
        return skew.Duration() < AcceptedSkew
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" by {skew.Duration().TotalMinutes:0} minutes");
    }

    private static string FirstLine(string message)
    {
        string line = message.Split('\n')[0].Trim();
        return line.Length == 0 ? "the server gave no reason." : line.EndsWith('.') ? line : line + ".";
    }
}
