using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Protos;
using Value = TorchBoard.Protos.Summary.Types.Value;

namespace TorchBoard.Tests.Events;

/// <summary>The values of summaries of other writers, as protobuf encodes them.</summary>
internal sealed class ValueViewTests
{
    private static readonly SummaryMetadata Metadata = new() { DisplayName = "d" };

    private static readonly (ValueForm Form, Value Value, int Length)[] Forms =
    [
        (ValueForm.None, new Value(), 0),
        (ValueForm.Image, new Value { Image = new Summary.Types.Image { Height = 2 } }, 2),
        (ValueForm.Histogram, new Value { Histo = new HistogramProto { Num = 1 } }, 9),
        (ValueForm.Audio, new Value { Audio = new Summary.Types.Audio { LengthFrames = 3 } }, 2),
        (ValueForm.Tensor, new Value { Tensor = new TensorProto { Dtype = DataType.DtFloat } }, 2),
    ];

    [Test]
    public void Each_form_is_recognized_with_tag_metadata_and_bytes([Range(0, 4)] int row)
    {
        (ValueForm form, Value value, int length) = Forms[row];
        value.Tag = "loss";
        value.Metadata = Metadata;
        ValueView view = Only(new Summary { Value = { value } });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.Form, Is.EqualTo(form));
            Assert.That(view.Tag.SequenceEqual("loss"u8));
            Assert.That(view.Metadata.SequenceEqual(Metadata.ToByteArray()));
            Assert.That(view.Body.Length, Is.EqualTo(length));
            Assert.That(view.Size, Is.EqualTo(value.CalculateSize()));
        }
    }

    [Test]
    public void A_simple_value_has_a_number_and_no_bytes()
    {
        ValueView view = Only(new Summary { Value = { new Value { Tag = "loss", SimpleValue = 1.5f } } });
        Assert.That((view.Form, view.SimpleValue, view.Size), Is.EqualTo((ValueForm.SimpleValue, 1.5f, 11)));
        Assert.That((view.Body.IsEmpty, view.Metadata.IsEmpty), Is.EqualTo((true, true)));
    }

    [Test]
    public void Values_are_read_one_after_the_other()
    {
        var summary = new Summary { Value = { new Value { Tag = "a", SimpleValue = 1 }, new Value { Tag = "b" } } };
        var wire = new WireReader(summary.ToByteArray());
        Assert.That(ValueView.TryReadNext(ref wire, out ValueView first));
        Assert.That(ValueView.TryReadNext(ref wire, out ValueView second));

        Assert.That(first.Tag.SequenceEqual("a"u8) && second.Tag.SequenceEqual("b"u8));
        Assert.That(second.Form, Is.EqualTo(ValueForm.None), "nothing remains of the value before");
        Assert.That(ValueView.TryReadNext(ref wire, out _), Is.False);
        Assert.That(wire.Failed, Is.False);
    }

    // Field 7 is the node's name of old TensorFlow; field 10 is unknown, in each encoding; fields 4 and 8 are no numbers.
    [TestCase("3A0161")]
    [TestCase("5001")]
    [TestCase("510000000000000000")]
    [TestCase("520161")]
    [TestCase("5500000000")]
    [TestCase("2001")]
    [TestCase("4500000000")]
    public void Unknown_fields_are_ignored(string field)
    {
        byte[] unknown = Convert.FromHexString(field);
        byte[] value = [.. unknown, 0x0A, 1, (byte)'t', .. unknown];
        byte[] summary = [0x10, 0x01, 0x0A, (byte)value.Length, .. value, .. unknown];
        var wire = new WireReader(summary);

        Assert.That(ValueView.TryReadNext(ref wire, out ValueView view));
        Assert.That((view.Form, view.Size), Is.EqualTo((ValueForm.None, value.Length)));
        Assert.That(view.Tag.SequenceEqual("t"u8));
        Assert.That(ValueView.TryReadNext(ref wire, out _), Is.False);
        Assert.That(wire.Failed, Is.False);
    }

    [TestCase("0A" + "05" + "0A", TestName = "A truncated value")]
    [TestCase("0A" + "03" + "0A" + "05" + "00", TestName = "A truncated tag")]
    [TestCase("0A" + "02" + "15" + "00", TestName = "A truncated number")]
    [TestCase("0A" + "01" + "0B", TestName = "A group in a value")]
    [TestCase("0B", TestName = "A group in a summary")]
    public void A_malformed_value_ends_the_summary(string summary)
    {
        var wire = new WireReader([.. Convert.FromHexString(summary), 0x0A, 0x00]);
        Assert.That(ValueView.TryReadNext(ref wire, out _), Is.False);
        Assert.That(wire.Failed);
        Assert.That(ValueView.TryReadNext(ref wire, out _), Is.False);
    }

    private static ValueView Only(Summary summary)
    {
        var wire = new WireReader(summary.ToByteArray());
        Assert.That(ValueView.TryReadNext(ref wire, out ValueView view));
        Assert.That(ValueView.TryReadNext(ref wire, out _), Is.False);
        return view;
    }
}
