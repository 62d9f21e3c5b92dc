using System.Diagnostics;
using System.Globalization;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Storage;

/// <summary>Files that other processes read and change at the same time.</summary>
internal sealed class SharedFileTests
{
    private TestDirectory _directory = null!;
    private string _path = "";

    [SetUp]
    public void Create()
    {
        _directory = new TestDirectory();
        _path = Path.Combine(_directory, "shared.txt");
    }

    [TearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void What_a_killed_process_of_the_same_id_left_behind_is_replaced()
    {
        string unfinished = "";
        SharedFile.Write(
            _path, _ => unfinished = Directory.EnumerateFiles(_directory).Single(), sync: false);
        string[] parts = unfinished.Split('.');
        long number = long.Parse(parts[^2], CultureInfo.InvariantCulture);
        for (int next = 1; next <= 50; next++)
        {
            parts[^2] = (number + next).ToString(CultureInfo.InvariantCulture);
            File.WriteAllText(string.Join('.', parts), "left behind");
        }

        SharedFile.Write(_path, file => file.Write("new"u8), sync: false);
        Assert.That(File.ReadAllText(_path), Is.EqualTo("new"));
    }

    [Test]
    public void A_file_that_another_process_holds_is_waited_for_and_then_fails()
    {
        File.WriteAllText(_path, "old");
        using (new FileStream(
            Path.Combine(_directory, ".shared.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            long start = Stopwatch.GetTimestamp();
            Assert.That(() => SharedFile.Update(_path, _ => "new", sync: false), Throws.InstanceOf<IOException>());
            Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200)));
            Assert.That(File.ReadAllText(_path), Is.EqualTo("old"));
        }

        SharedFile.Update(_path, text => text + " and new", sync: false);
        Assert.That(File.ReadAllText(_path), Is.EqualTo("old and new"));
    }
}
