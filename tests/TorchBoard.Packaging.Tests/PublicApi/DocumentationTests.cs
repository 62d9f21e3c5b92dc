using System.Reflection;
using TorchBoard.TestKit.PublicApi;

namespace TorchBoard.Packaging.Tests.PublicApi;

/// <summary>Every public member documents its purpose, its parameters and its return value.</summary>
internal sealed class DocumentationTests
{
    private static readonly Assembly[] Libraries =
    [
        typeof(SummaryWriter).Assembly, typeof(AzureBlobStorage).Assembly,
        typeof(Extensions.Hosting.TorchBoardOptions).Assembly, typeof(ImageSharpExtensions).Assembly, typeof(S3Storage).Assembly, typeof(Server.RunServer).Assembly, typeof(Testing.Curve).Assembly,
    ];

    [Test]
    public void Every_public_member_is_documented([ValueSource(nameof(Libraries))] Assembly library) =>
        Assert.That(ApiDocumentation.FaultsOf(library), Is.Empty);
}
