using System.Reflection;
using TorchBoard.TestKit.PublicApi;

namespace TorchBoard.Tests.PublicApi;

/// <summary>The public surface matches the text file beside this one and is fully documented.</summary>
internal sealed class PublicApiTests
{
    private static readonly Assembly Library = typeof(TensorExtensions).Assembly;

    [Test]
    public void The_public_surface_is_the_approved_one() =>
        ApprovedApi.Check(Library, "tests/TorchBoard.TorchSharp.Tests/PublicApi");

    [Test]
    public void Public_names_are_spelled_as_the_framework_spells() => ApprovedApi.CheckSpelling(Library);

    [Test]
    public void Every_public_member_is_documented() => Assert.That(ApiDocumentation.FaultsOf(Library), Is.Empty);
}
