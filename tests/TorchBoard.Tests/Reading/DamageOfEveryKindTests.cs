using Microsoft.Win32.SafeHandles;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;

namespace TorchBoard.Tests.Reading;

/// <summary>Files with a record of every kind, truncated or with one changed byte: the rest is read.</summary>
internal sealed class DamageOfEveryKindTests
{
    private TestDirectory _directory = null!;
    private byte[] _whole = null!;
    private int[] _starts = null!;

    [OneTimeSetUp]
    public void WriteOneOfEach()
    {
        _directory = new TestDirectory();
        string run = Path.Combine(_directory, "whole");
        using (var writer = new SummaryWriter(run))
        {
            writer.AddScalar("loss", 0.5f, 1);
            writer.AddHistogram<float>("weights", [-1, 0, 0.5f, 2], 1);
            writer.AddImage("image", [0, 64, 128, 255], 1, ImageLayout.Hw, [2, 2]);
            writer.AddAudio("sound", [0f, 0.5f, -0.5f, 0], 1);
            writer.AddText("notes", "**bold**", 1);
            writer.AddPrCurve("pr", [true, false, true], [0.9f, 0.2f, 0.6f], 1, thresholds: 3);
            writer.AddMesh("mesh", [0f, 0, 0, 1, 0, 0, 0, 1, 0], 1, faces: [0, 1, 2]);
            writer.AddHyperparameters(new Dictionary<string, Hyperparameter> { ["lr"] = 0.1 });
        }

        _whole = File.ReadAllBytes(Directory.GetFiles(run).Single());
        int at = 0;
        _starts = [.. WrittenEvents.Records(_whole).Select(payload =>
        {
            int start = at;
            at += payload.Length + 16;
            return start;
        })];
    }

    [OneTimeTearDown]
    public void Delete() => _directory.Dispose();

    [Test]
    public void The_whole_file_has_every_kind()
    {
        RunLog run = RunLog.Open(Write(_whole));
        Assert.That(run.Errors, Is.Empty);
        Assert.That(
            run.Tags.Values.Select(tag => tag.Kind).Distinct(),
            Is.SupersetOf(new[]
            {
                TagKind.Scalar, TagKind.Histogram, TagKind.Image, TagKind.Audio, TagKind.Text, TagKind.PrCurve,
                TagKind.Mesh, TagKind.Hyperparameters,
            }));
    }

    [Test]
    public void A_flipped_byte_loses_only_the_record_it_is_in()
    {
        string path = Write(_whole);
        using SafeFileHandle file = File.OpenHandle(path, access: FileAccess.Write, share: FileShare.ReadWrite);
        for (int at = 0; at < _whole.Length; at++)
        {
            RandomAccess.Write(file, [(byte)(_whole[at] ^ 0x10)], at);
            RunLog run = RunLog.Open(path);
            RandomAccess.Write(file, [_whole[at]], at);

            Assert.That(run.Files[0].EventCount, Is.EqualTo(_starts.Length - 1), $"flipped at {at}");
            Assert.That(
                run.Errors.Select(error => error.Offset), Is.EqualTo([(long)_starts.Last(start => start <= at)]),
                $"flipped at {at}");
        }
    }

    [Test]
    public void A_truncation_loses_only_later_records_and_is_not_an_error()
    {
        string path = Write(_whole);
        using SafeFileHandle file = File.OpenHandle(path, access: FileAccess.Write, share: FileShare.ReadWrite);
        for (int length = _whole.Length - 1; length >= 0; length--)
        {
            RandomAccess.SetLength(file, length);
            RunLog run = RunLog.Open(path);

            Assert.That(run.Errors, Is.Empty, $"cut at {length}");
            Assert.That(
                run.Files[0].EventCount, Is.EqualTo(_starts.Skip(1).Count(end => end <= length)), $"cut at {length}");
        }
    }

    private string Write(byte[] content)
    {
        string path = Path.Combine(_directory, "events.out.tfevents.1700000000.host");
        File.WriteAllBytes(path, content);
        return path;
    }
}
