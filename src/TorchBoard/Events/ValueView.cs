using System.Runtime.CompilerServices;

namespace TorchBoard.Events;

/// <summary>The value of a tag in its record.</summary>
internal ref struct ValueView
{
    /// <summary>The tag in UTF-8.</summary>
    public ReadOnlySpan<byte> Tag { get; private set; }

    public ValueForm Form { get; private set; }

    /// <summary>The value if the form is <see cref="ValueForm.SimpleValue"/>.</summary>
    public float SimpleValue { get; private set; }

    /// <summary>The message of a value of another form.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>The SummaryMetadata; empty if there is none.</summary>
    public ReadOnlySpan<byte> Metadata { get; private set; }

    /// <summary>The number of bytes that the value takes.</summary>
    public int Size { get; private set; }

    /// <summary>Returns the view of a tensor that is stored apart from its record.</summary>
    public static ValueView OfTensor(ReadOnlySpan<byte> tensor) => new() { Form = ValueForm.Tensor, Body = tensor };

    /// <summary>Returns the view of metadata without a value.</summary>
    public static ValueView OfMetadata(ReadOnlySpan<byte> metadata) => new() { Metadata = metadata };

    /// <summary>Reads the next value of a summary; returns false at its end or if it is malformed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryReadNext(scoped ref WireReader summary, out ValueView view)
    {
        view = default;
        while (summary.Next(out uint key))
        {
            if (key == WireKey.SummaryValue)
            {
                if (!view.Read(summary.Bytes()))
                    summary.Fail();
                return !summary.Failed;
            }

            summary.Skip(key);
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Read(ReadOnlySpan<byte> value)
    {
        Size = value.Length;
        var wire = new WireReader(value);
        while (wire.Next(out uint key))
        {
            if (key == WireKey.ValueTag)
            {
                Tag = wire.Bytes();
            }
            else if (key == WireKey.ValueSimpleValue)
            {
                SimpleValue = wire.Single();
                Form = ValueForm.SimpleValue;
            }
            else if (key == WireKey.ValueMetadata)
            {
                Metadata = wire.Bytes();
            }
            else if (WireKey.Encoding(key) == WireKey.LengthDelimited && (ValueForm)WireKey.Field(key)
                is ValueForm.Image or ValueForm.Histogram or ValueForm.Audio or ValueForm.Tensor)
            {
                Form = (ValueForm)WireKey.Field(key);
                Body = wire.Bytes();
            }
            else
            {
                wire.Skip(key);
            }
        }

        return !wire.Failed;
    }
}
