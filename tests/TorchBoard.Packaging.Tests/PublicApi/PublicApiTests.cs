using System.Reflection;
using TorchBoard.TestKit.PublicApi;

namespace TorchBoard.Packaging.Tests.PublicApi;

/// <summary>
/// The public surface is recorded in text files beside this one, so that a review shows every change. To accept a
/// change, copy the received file over the approved one, as the failure message says.
/// </summary>
internal sealed class PublicApiTests
{
    private const string Folder = "tests/TorchBoard.Packaging.Tests/PublicApi";

    private static readonly Assembly[] Libraries =
    [
        typeof(SummaryWriter).Assembly, typeof(AzureBlobStorage).Assembly,
        typeof(Extensions.Hosting.TorchBoardOptions).Assembly, typeof(ImageSharpExtensions).Assembly, typeof(S3Storage).Assembly, typeof(Server.RunServer).Assembly, typeof(Testing.Curve).Assembly,
    ];

    [Test]
    public void The_public_surface_is_the_approved_one([ValueSource(nameof(Libraries))] Assembly library) =>
        ApprovedApi.Check(library, Folder);

    [Test]
    public void A_using_of_TorchBoard_brings_the_writer_the_reader_and_their_values()
    {
        string[] names =
        [
            .. ApiText.TypesOf(typeof(SummaryWriter).Assembly)
                .Where(type => type.Namespace == nameof(TorchBoard)).Select(type => type.Name),
        ];
        Assert.That(names, Contains.Item(nameof(SummaryWriter)).And.Contains(nameof(RunLog)));
        Assert.That(
            names, Has.None.EqualTo("Histogram").And.None.EqualTo("ConfusionMatrix").And.None.EqualTo("Figure"),
            "names that other libraries of the field have too");
    }

    [Test]
    public void Public_names_are_spelled_as_the_framework_spells([ValueSource(nameof(Libraries))] Assembly library) =>
        ApprovedApi.CheckSpelling(library);

    [Test]
    public void The_tool_has_no_public_types() =>
        Assert.That(Assembly.Load("TorchBoard.Tool").GetExportedTypes(), Is.Empty);
}
