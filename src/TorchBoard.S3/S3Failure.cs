using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace TorchBoard.S3;

/// <summary>Converts exceptions of the SDK to those of <see cref="ObjectStorage"/>, with the remedy in the message.</summary>
internal static class S3Failure
{
    private static readonly TimeSpan AcceptedSkew = TimeSpan.FromMinutes(5);

    /// <param name="e">The exception.</param>
    /// <param name="path">The object or objects of the request.</param>
    /// <param name="verb">The operation, such as <c>read</c>.</param>
    /// <param name="endpoint">The server's URL; empty for Amazon's own.</param>
    /// <param name="limit">The time limit of the request.</param>
    public static IOException Of(Exception e, ObjectPath path, string verb, string endpoint, TimeSpan limit)
    {
        string name = path.Key.Length > 0 ? $"s3://{path.Container}/{path.Key}" : $"s3://{path.Container}";
        string server = endpoint.Length > 0 ? endpoint : "Amazon S3";
        string cannot = $"Cannot {verb} '{name}' at {server}";
        return e switch
        {
            BrokenAnswerException => new BrokenAnswerException($"{cannot}: {e.Message}.", e.InnerException),
            OperationCanceledException => new IOException(
                string.Create(
                    CultureInfo.InvariantCulture, $"{cannot}: no complete answer came within {limit.TotalSeconds:0} seconds."),
                e),
            AmazonServiceException { ErrorCode: "PreconditionFailed" or "ConditionalRequestConflict" }
                or AmazonServiceException { StatusCode: HttpStatusCode.PreconditionFailed } =>
                new ObjectChangedException($"{cannot}: it was changed, created or deleted meanwhile.", e),
            AmazonServiceException { ErrorCode: "NoSuchKey" } => new FileNotFoundException($"There is no '{name}' at {server}.", name, e),
            AmazonServiceException answer when IsMissingObject(answer, path) =>
                new FileNotFoundException($"There is no '{name}' at {server}.", name, e),
            AmazonServiceException answer => new IOException($"{cannot}: {ReasonOf(answer, path, endpoint)}", e),
            HttpRequestException or WebException or IOException => new IOException(
                $"{cannot}: the server cannot be reached ({e.Message.TrimEnd('.')}). Check the network, and "
                + (endpoint.Length > 0 ? "that AWS_ENDPOINT_URL is right." : "AWS_ENDPOINT_URL if the store is not Amazon's."),
                e),
            AmazonClientException when IsAboutCredentials(e) => new IOException(
                $"{cannot}: there are no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a "
                + "profile ('aws configure' creates one, 'aws sso login' renews one), or give the machine a role.",
                e),
            _ => new IOException($"{cannot}: {FirstLine(e.Message)}", e),
        };
    }

    // Some stores answer 404 without a code, or with one of their own.
    private static bool IsMissingObject(AmazonServiceException e, ObjectPath path) =>
        e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode is not "NoSuchBucket" && path.Key.Length > 0;

    private static string ReasonOf(AmazonServiceException e, ObjectPath path, string endpoint) => e.ErrorCode switch
    {
        "NoSuchBucket" =>
            $"there is no bucket '{path.Container}'. Check the name and the endpoint; TorchBoard creates no buckets.",
        "InvalidBucketName" => $"'{path.Container}' is not a valid name of a bucket.",
        "KeyTooLongError" or "KeyTooLong" => "the key is too long; 1024 bytes in UTF-8 are allowed.",
        "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired" or "RequestExpired" =>
            "the credentials have expired. Renew them, for example by 'aws sso login', or assume the role again.",
        "RequestTimeTooSkewed" => $"the clocks of this machine and of the server differ{SkewOf(e)}. Set the clock.",
        "InvalidAccessKeyId" or "InvalidToken" or "InvalidClientTokenId" =>
            "the server does not know the access key. Check AWS_ACCESS_KEY_ID or the profile, and that they belong to this "
            + "endpoint.",
        "SignatureDoesNotMatch" =>
            "the secret key is wrong" + (SkewOf(e) is { Length: > 0 } skew
                ? $", or the clock of this machine is: it differs from the server's{skew}."
                : ". Check AWS_SECRET_ACCESS_KEY or the profile."),
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"the bucket is in another region. Set AWS_REGION to it ({FirstLine(e.Message)})",
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" =>
            $"access is denied. The credentials need s3:ListBucket on the bucket '{path.Container}' and s3:GetObject, "
            + "s3:PutObject and s3:DeleteObject on its objects.",
        "SlowDown" or "ServiceUnavailable" or "503" => "the server is busy and asks for fewer requests.",
        _ when e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized =>
            $"access is denied{(SkewOf(e) is { Length: > 0 } skew ? $"; the clocks of this machine and of the server differ{skew}" : "")}. "
            + $"Check the credentials and their rights ({FirstLine(e.Message)})",
        _ when (int)e.StatusCode >= 500 =>
            string.Create(CultureInfo.InvariantCulture, $"the server failed with status {(int)e.StatusCode}: {FirstLine(e.Message)}"),
        _ when (int)e.StatusCode is >= 200 and < 300 =>
            $"the answer is not one of S3. Check the endpoint{(endpoint.Length > 0 ? $" '{endpoint}'" : "")}.",
        _ => FirstLine(e.Message),
    };

    /// <summary>Returns how much the clock of this machine differs from the server's, if it does.</summary>
    private static string SkewOf(AmazonServiceException e)
    {
        string? date = (e.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("Date");
        if (!DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out DateTimeOffset theirs))
            return "";
        TimeSpan skew = TimeProvider.System.GetUtcNow() - theirs;
        return skew.Duration() < AcceptedSkew
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" by {skew.Duration().TotalMinutes:0} minutes");
    }

    private static bool IsAboutCredentials(Exception e) =>
        e.Message.Contains("credential", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("IAM security", StringComparison.Ordinal);

    private static string FirstLine(string message)
    {
        string line = message.Split('\n')[0].Trim();
        return line.Length == 0 ? "the server gave no reason." : line.EndsWith('.') ? line : line + ".";
    }
}
