using FsCheck;
using FsCheck.Fluent;
using TorchBoard.Events;
using TorchBoard.Records;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tests.Properties;

internal sealed class FramingProperties
{
    private static readonly Gen<byte[][]> Payloads = Seeded.Bytes.ArrayOf();

    [Test]
    public void Any_payloads_read_back_whatever_the_size_of_the_buffer()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "tfevents");
        var inputs = from payloads in Payloads from buffer in Gen.Choose(1, 300) select (payloads, buffer);
        Seeded.Holds(inputs, input =>
        {
            File.WriteAllBytes(path, FileOf(input.payloads));
            Assert.That(Read(path, input.buffer, out ReadStatus end), Is.EqualTo(input.payloads));
            Assert.That(end, Is.EqualTo(ReadStatus.End));
            Assert.That(WrittenEvents.Records(File.ReadAllBytes(path)), Is.EqualTo(input.payloads));
        });
    }

    [Test]
    public void A_file_cut_anywhere_gives_what_was_whole()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "tfevents");
        var inputs =
            from payloads in Payloads
            from cut in Gen.Choose(0, FileOf(payloads).Length)
            select (payloads, cut);
        Seeded.Holds(inputs, input =>
        {
            File.WriteAllBytes(path, FileOf(input.payloads)[..input.cut]);
            int whole = Enumerable.Range(0, input.payloads.Length + 1)
                .Last(count => FileOf(input.payloads[..count]).Length <= input.cut);
            Assert.That(Read(path, 64, out ReadStatus end), Is.EqualTo(input.payloads[..whole]));
            Assert.That(end, Is.EqualTo(
                FileOf(input.payloads[..whole]).Length == input.cut ? ReadStatus.End : ReadStatus.TruncatedTail));
        });
    }

    [Test]
    public void A_changed_byte_never_becomes_a_value()
    {
        using var directory = new TestDirectory();
        string path = Path.Combine(directory, "tfevents");
        var inputs =
            from payloads in Payloads.Where(p => p.Length > 0)
            from at in Gen.Choose(0, FileOf(payloads).Length - 1)
            from flip in Gen.Choose(1, 255)
            select (payloads, at, flip);
        Seeded.Holds(inputs, input =>
        {
            byte[] bytes = FileOf(input.payloads);
            bytes[input.at] ^= (byte)input.flip;
            File.WriteAllBytes(path, bytes);
            int damaged = Enumerable.Range(0, input.payloads.Length)
                .First(i => FileOf(input.payloads[..(i + 1)]).Length > input.at);
            Assert.That(
                Read(path, 64, out _),
                Is.EqualTo((byte[][])[.. input.payloads[..damaged], .. input.payloads[(damaged + 1)..]]));
        });
    }

    private static byte[] FileOf(byte[][] payloads) => [.. payloads.SelectMany(payload => EventRecord.Frame(payload))];

    private static List<byte[]> Read(string path, int bufferSize, out ReadStatus end)
    {
        var payloads = new List<byte[]>();
        using var reader = new RecordReader(new LocalFile(path), bufferSize: bufferSize);
        while ((end = reader.Read(out ReadOnlySpan<byte> payload)) is ReadStatus.Record or ReadStatus.Damage)
        {
            if (end == ReadStatus.Record)
                payloads.Add(payload.ToArray());
        }

        return payloads;
    }
}
