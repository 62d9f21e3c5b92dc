namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>Deletes the packages after the last test that may use them.</summary>
[SetUpFixture]
internal sealed class PackedFeedSetUp
{
    [OneTimeTearDown]
    public void Delete() => PackedFeed.DeleteAll();
}
