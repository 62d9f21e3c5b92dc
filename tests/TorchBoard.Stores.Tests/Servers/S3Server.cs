using Amazon.Runtime;
using Amazon.S3;

namespace TorchBoard.Stores.Tests.Servers;

/// <summary>A gateway of Ceph, which speaks S3.</summary>
internal sealed class S3Server : StoreServer
{
    public const string Variable = "TORCHBOARD_S3_SERVER";

    private const string Key = "test";
    private const string Secret = "testsecret";

    public S3Server()
        : base(Variable)
    {
    }

    public override string Scheme => "s3";

    public override ObjectStorage StorageAt(int port, TimeSpan? patience = null) => patience is { } given
        ? new S3Storage(ClientAt(port, Key)) { Patience = given }
        : new S3Storage(ClientAt(port, Key));

    public override ObjectStorage StrangerAt(int port) => new S3Storage(ClientAt(port, "stranger"));

    public override IReadOnlyDictionary<string, string> EnvironmentAt(int port) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{port}",
        ["AWS_ACCESS_KEY_ID"] = Key,
        ["AWS_SECRET_ACCESS_KEY"] = Secret,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public override async Task CreateAsync(string container)
    {
        using AmazonS3Client client = ClientAt(Port, Key);
        await client.PutBucketAsync(container);
    }

    /// <summary>A client with the settings of the storage's own.</summary>
    public static AmazonS3Client ClientAt(int port, string key, AWSCredentials? credentials = null) => new(
        credentials ?? new BasicAWSCredentials(key, Secret),
        new AmazonS3Config
        {
            ServiceURL = $"http://127.0.0.1:{port}",
            AuthenticationRegion = "us-east-1",
            ForcePathStyle = true,
            MaxErrorRetry = 2,
            RetryMode = RequestRetryMode.Standard,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
}
