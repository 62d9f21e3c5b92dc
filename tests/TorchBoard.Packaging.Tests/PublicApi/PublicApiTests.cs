using System.Reflection;

namespace TorchBoard.Packaging.Tests.PublicApi;

/// <summary>
/// The public surface stands in text files beside this one, so that a change of it is seen in a review. To accept a
/// change, copy the received file over the approved one, as the failure says.
/// </summary>
internal sealed class PublicApiTests
{
    private const string Folder = "tests/TorchBoard.Packaging.Tests/PublicApi";

    private static readonly Assembly[] Libraries = [typeof(SummaryWriter).Assembly, typeof(Testing.Curve).Assembly];

    [Test]
    public void The_public_surface_is_the_approved_one([ValueSource(nameof(Libraries))] Assembly library) =>
        ApprovedApi.Check(library, Folder);

    [Test]
    public void Public_types_stand_in_the_few_public_namespaces([ValueSource(nameof(Libraries))] Assembly library)
    {
        IEnumerable<string?> namespaces = ApiText.TypesOf(library).Select(type => type.Namespace).Distinct();
        Assert.That(namespaces, Is.SubsetOf(new[] { "TorchBoard", "TorchBoard.Interpretation", "TorchBoard.Testing" }));
    }

    [Test]
    public void The_tool_has_no_public_types() =>
        Assert.That(Assembly.Load("TorchBoard.Tool").GetExportedTypes(), Is.Empty);
}
