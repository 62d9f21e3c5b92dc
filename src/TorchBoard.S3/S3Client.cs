using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace TorchBoard.S3;

/// <summary>Creates clients of the SDK with settings that all stores understand.</summary>
internal static class S3Client
{
    // Google's, MinIO's and Ceph's servers take the region of a signature as it is; R2 takes this one, too.
    private const string DefaultRegion = "us-east-1";

    private const int Retries = 2;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static IAmazonS3 Create()
    {
        RegisterSignIns();
        var config = new AmazonS3Config
        {
            // Checksums that the SDK appends to the content break stores that do not know them. The signature covers it.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = Retries,
            ConnectTimeout = ConnectTimeout,

            // Deadlines of S3Storage end requests.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        if (config.ServiceURL is { Length: > 0 } endpoint)
        {
            // Other servers have no names of hosts for their buckets. Asking for the region forgets the endpoint.
            config.ServiceURL = endpoint;
            config.ForcePathStyle = true;
            config.AuthenticationRegion =
                FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? DefaultRegion;
        }
        else
        {
            config.RegionEndpoint = FallbackRegionFactory.GetRegionEndpoint() ?? RegionEndpoint.GetBySystemName(DefaultRegion);
        }

        return new AmazonS3Client(config);
    }

    /// <summary>Returns the URL of another server than Amazon's; empty if there is none.</summary>
    public static string EndpointOf(Func<IClientConfig> config)
    {
        try
        {
            return config().ServiceURL?.TrimEnd('/') ?? "";
        }
        catch (Exception e) when (e is AmazonClientException or FormatException or ArgumentException)
        {
            // Without a client, there is no request whose failure needs the endpoint.
            return "";
        }
    }

    // The SDK finds these clients by reflection, except in native code.
    private static void RegisterSignIns()
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
            return;
        GlobalRuntimeDependencyRegistry clients = GlobalRuntimeDependencyRegistry.Instance;
        clients.RegisterSecurityTokenServiceClient(
            context => new AmazonSecurityTokenServiceClient(
                new AnonymousAWSCredentials(), context.SecurityTokenServiceClientContextData.Region));
        clients.RegisterSSOClient(
            context => new AmazonSSOClient(new AnonymousAWSCredentials(), context.SSOClientContextData.Region));
        clients.RegisterSSOOIDCClient(
            context => new AmazonSSOOIDCClient(new AnonymousAWSCredentials(), context.SSOOIDCClientContextData.Region));
    }
}
