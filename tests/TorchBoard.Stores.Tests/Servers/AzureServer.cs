using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;

namespace TorchBoard.Stores.Tests.Servers;

/// <summary>Azurite, Microsoft's emulator of Azure Blob Storage.</summary>
internal sealed class AzureServer : StoreServer
{
    public const string Variable = "TORCHBOARD_AZURE_SERVER";

    // The account that every Azurite has.
    private const string Account = "devstoreaccount1";
    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public AzureServer()
        : base(Variable)
    {
    }

    public override string Scheme => "az";

    public override ObjectStorage StorageAt(int port, TimeSpan? patience = null) => patience is { } given
        ? new AzureBlobStorage(ClientAt(port, Key)) { Patience = given }
        : new AzureBlobStorage(ClientAt(port, Key));

    public override ObjectStorage StrangerAt(int port) =>
        new AzureBlobStorage(ClientAt(port, Convert.ToBase64String(new byte[64])));

    public override IReadOnlyDictionary<string, string> EnvironmentAt(int port) =>
        new Dictionary<string, string> { ["AZURE_STORAGE_CONNECTION_STRING"] = ConnectionAt(port, Key) };

    public override Task CreateAsync(string container) => ClientAt(Port, Key).CreateBlobContainerAsync(container);

    // Azurite saves the list of its blobs from time to time and at its end: killed, it would forget what it has.
    protected override void End(Process process) => Shell.Try("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));

    private static BlobServiceClient ClientAt(int port, string key) => new(
        ConnectionAt(port, key),
        new BlobClientOptions
        {
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(300), MaxDelay = TimeSpan.FromSeconds(2) },
        });

    private static string ConnectionAt(int port, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};"
        + $"BlobEndpoint=http://127.0.0.1:{port}/{Account};";
}
