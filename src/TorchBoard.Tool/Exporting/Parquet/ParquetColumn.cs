using System.Buffers;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace TorchBoard.Tool.Exporting.Parquet;

/// <summary>A column of the row group that is collected.</summary>
internal abstract class ParquetColumn(Field definition)
{
    public Field Field => definition;

    /// <summary>How the values are encoded, besides their compression.</summary>
    public EncodingHint Encoding { get; init; }

    /// <summary>The approximate number of bytes that are collected.</summary>
    public abstract long Bytes { get; }

    /// <summary>Writes what is collected, and begins anew.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="T">A number, a Boolean, a date, or the memory of a string or bytes.</typeparam>
internal sealed class ParquetColumn<T> : ParquetColumn
    where T : struct
{
    // In a list, 0 is none, 1 an empty one, and 2 an element.
    private const int EmptyList = 1;
    private const int Element = 2;

    private readonly DataField _data;
    private readonly int _present;
    private readonly ArrayBufferWriter<T> _values = new();
    private readonly ArrayBufferWriter<int> _definitionLevels = new();
    private readonly ArrayBufferWriter<int> _repetitionLevels = new();
    private long _lengths;

    private ParquetColumn(Field field, DataField data, int present)
        : base(field)
    {
        _data = data;
        _present = present;
    }

    public override long Bytes =>
        ((long)_values.WrittenCount * Unsafe.SizeOf<T>()) + ((long)_definitionLevels.WrittenCount * sizeof(int) * 2) + _lengths;

    /// <summary>A column with a value in each row, or in some.</summary>
    public static ParquetColumn<T> Of(DataField field, EncodingHint encoding = EncodingHint.Default) =>
        new(field, field, field.IsNullable ? 1 : 0) { Encoding = encoding };

    /// <summary>A column with a list in each row.</summary>
    public static ParquetColumn<T> ListOf(string name)
    {
        var element = new DataField(ListField.ElementName, typeof(T), isNullable: false);
        return new(new ListField(name, element), element, Element);
    }

    /// <param name="value">The value.</param>
    /// <param name="length">The number of bytes that the value refers to.</param>
    public void Add(T value, int length = 0)
    {
        Append(_values, value);
        if (_present > 0)
            Append(_definitionLevels, _present);
        _lengths += length;
    }

    public void AddNull() => Append(_definitionLevels, 0);

    public void AddList(ReadOnlySpan<T> list)
    {
        _values.Write(list);
        if (list.IsEmpty)
            Append(_definitionLevels, EmptyList);
        for (int i = 0; i < list.Length; i++)
            Append(_definitionLevels, Element);
        for (int i = 0; i < Math.Max(1, list.Length); i++)
            Append(_repetitionLevels, i > 0 ? 1 : 0);
    }

    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        // Without its type, null would be an empty memory.
        ReadOnlyMemory<int>? definitionLevels = _present > 0 ? _definitionLevels.WrittenMemory : (ReadOnlyMemory<int>?)null;
        ReadOnlyMemory<int>? repetitionLevels = _present == Element ? _repetitionLevels.WrittenMemory : (ReadOnlyMemory<int>?)null;
        await group.WriteAllPartsAsync(_data, _values.WrittenMemory, definitionLevels, repetitionLevels, cancellationToken)
            .ConfigureAwait(false);
        _values.ResetWrittenCount();
        _definitionLevels.ResetWrittenCount();
        _repetitionLevels.ResetWrittenCount();
        _lengths = 0;
    }

    private static void Append<TItem>(ArrayBufferWriter<TItem> items, TItem item)
    {
        items.GetSpan(1)[0] = item;
        items.Advance(1);
    }
}
