namespace TorchBoard.Packaging.Tests.Sources;

/// <summary>The tests run in a culture with a decimal comma, on the test's own thread and on others.</summary>
internal sealed class ForeignCultureTests
{
    [Test]
    public void A_test_writes_numbers_with_a_comma() => Assert.That($"{-1.5}", Is.EqualTo("−1,5"));

    [Test]
    public async Task So_do_other_threads() => Assert.That(await Task.Run(() => $"{-1.5}"), Is.EqualTo("−1,5"));
}
