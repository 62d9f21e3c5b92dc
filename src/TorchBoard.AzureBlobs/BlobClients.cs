using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace TorchBoard.AzureBlobs;

/// <summary>Creates a client by the environment variables that Azure's command line also reads.</summary>
internal static class BlobClients
{
    private const int Retries = 2;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    /// <exception cref="InvalidOperationException">They name no account or are malformed.</exception>
    public static BlobServiceClient FromEnvironment()
    {
        var options = new BlobClientOptions
        {
            Retry =
            {
                Mode = RetryMode.Exponential,
                MaxRetries = Retries,
                Delay = RetryDelay,
                MaxDelay = MaxRetryDelay,
            },
        };
        try
        {
            if (Variable("AZURE_STORAGE_CONNECTION_STRING") is { } connection)
                return new BlobServiceClient(connection, options);
            if (Variable("AZURE_STORAGE_ACCOUNT") is not { } account)
            {
                throw new InvalidOperationException(
                    "There is no storage account. Set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT to the name "
                    + "of the account, with AZURE_STORAGE_KEY, AZURE_STORAGE_SAS_TOKEN, a managed identity or 'az login'.");
            }

            var uri = new Uri($"https://{account}.blob.core.windows.net");
            if (Variable("AZURE_STORAGE_KEY") is { } key)
                return new BlobServiceClient(uri, new StorageSharedKeyCredential(account, key), options);
            if (Variable("AZURE_STORAGE_SAS_TOKEN") is { } token)
                return new BlobServiceClient(uri, new AzureSasCredential(token.TrimStart('?')), options);
            return new BlobServiceClient(uri, new DefaultAzureCredential(), options);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_KEY is malformed: {e.Message}", e);
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
