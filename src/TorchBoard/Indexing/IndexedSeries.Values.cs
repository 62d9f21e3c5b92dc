using Google.Protobuf;
using TorchBoard.Events;
using TorchBoard.Graphs;
using TorchBoard.Histograms;
using TorchBoard.Plugins;
using TorchBoard.Protos;

namespace TorchBoard.Indexing;

/// <summary>The values as the types of <see cref="RunLog"/>. Values that are malformed are left out.</summary>
public sealed partial class IndexedSeries
{
    private readonly TagMetadata _tag;

    /// <summary>The kind of the values, which says how to read them; None for graphs.</summary>
    public TagKind Kind => _tag.Kind;

    /// <summary>Returns histograms, in the form in which dashboards show them.</summary>
    /// <param name="maxValues">The maximum number of values, evenly spaced, with the last; at least 0. All by default.</param>
    /// <param name="step">The step whose last value to return; null, the default, for all steps.</param>
    /// <remarks>Edges and counts are floats, as for TensorBoard; sums are estimated from the buckets.</remarks>
    /// <exception cref="InvalidOperationException">The tag has values of another kind.</exception>
    public Series<Histogram> ReadHistograms(int maxValues = int.MaxValue, long? step = null) =>
        Read<Histogram>(TagKind.Histogram, maxValues, step);

    /// <summary>Returns pictures.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<IReadOnlyList<ImageSample>> ReadImages(int maxValues = int.MaxValue, long? step = null) =>
        Read<IReadOnlyList<ImageSample>>(TagKind.Image, maxValues, step);

    /// <summary>Returns audio clips, without labels, which no dashboard shows.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<IReadOnlyList<AudioClip>> ReadAudio(int maxValues = int.MaxValue, long? step = null) =>
        Read<IReadOnlyList<AudioClip>>(TagKind.Audio, maxValues, step);

    /// <summary>Returns text.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<TextValue> ReadText(int maxValues = int.MaxValue, long? step = null) =>
        Read<TextValue>(TagKind.Text, maxValues, step);

    /// <summary>Returns precision-recall curves.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<PrCurve> ReadPrCurves(int maxValues = int.MaxValue, long? step = null) =>
        Read<PrCurve>(TagKind.PrCurve, maxValues, step);

    /// <summary>Returns parts of a mesh.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<MeshPart> ReadMeshParts(int maxValues = int.MaxValue, long? step = null) =>
        Read<MeshPart>(TagKind.Mesh, maxValues, step);

    /// <summary>Returns tensors of no other kind.</summary>
    /// <inheritdoc cref="ReadHistograms" path="/param"/>
    /// <inheritdoc cref="ReadHistograms" path="/exception"/>
    public Series<TensorValue> ReadTensors(int maxValues = int.MaxValue, long? step = null) =>
        Read<TensorValue>(TagKind.Tensor, maxValues, step);

    /// <summary>Returns the graphs of a tag whose plugin is <c>graphs</c>; none for others.</summary>
    public IReadOnlyList<LoggedGraph> ReadGraphs() => PluginName == PluginTable.Graphs.Name
        ? [.. ReadValues().Select(value => new LoggedGraph(value.Step, UnixTime.FromSeconds(value.WallTime), value.Items[0]))]
        : [];

    /// <summary>
    /// Returns the execution statistics of the last value of a tag whose plugin is <c>graph_run_metadata</c> or
    /// <c>graph_tagged_run_metadata</c>; none for others.
    /// </summary>
    public IReadOnlyList<NodeStatistics> ReadStatistics()
    {
        if (PluginName != PluginTable.RunMetadata.Name && PluginName != PluginTable.TaggedRunMetadata.Name)
            return [];
        try
        {
            return ReadValues(1) is [{ Items: [var message, ..] }] ? GraphSummary.StatisticsOf(message.Span) : [];
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }
    }

    /// <summary>Returns the hyperparameters of a tag of that kind; null if they are malformed.</summary>
    internal HyperparameterLog? ReadHyperparameters()
    {
        try
        {
            return (HyperparameterLog)ValueDecoder.Decode(_tag, ValueView.OfMetadata(Metadata.Span));
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static TagMetadata DescribedBy(string tag, SummaryMetadata metadata) => new(
        tag,
        (SeriesDataClass)metadata.DataClass == SeriesDataClass.BlobSequence
            ? PluginTable.Named(metadata.PluginData.PluginName)?.Kind ?? TagKind.None
            : (SeriesDataClass)metadata.DataClass == SeriesDataClass.Scalar ? TagKind.Scalar
            : PluginTable.KindOf(metadata.PluginData.PluginName, ValueForm.Tensor),
        metadata.PluginData.PluginName,
        metadata.PluginData.Content,
        metadata.DisplayName,
        metadata.SummaryDescription);

    private Series<T> Read<T>(TagKind kind, int maxValues, long? step)
        where T : class
    {
        if (Kind != kind)
            throw new InvalidOperationException($"The tag '{Tag}' has values of the kind {Kind}, not {kind}.");
        IReadOnlyList<IndexedValue> stored = step is null ? ReadValues(maxValues)
            : maxValues > 0 && TryFindValue(step.Value, out IndexedValue found) ? [found]
            : [];
        var decoded = new List<(long Step, double WallTime, T Value)>(stored.Count);
        long bytes = 0;
        foreach (IndexedValue value in stored)
        {
            if (Decode<T>(value) is { } read)
                decoded.Add((value.Step, value.WallTime, read));
            bytes += value.Items.Sum(item => (long)item.Length);
        }

        var info = new TagInfo
        {
            Tag = Tag,
            Kind = kind,
            PluginName = PluginName,
            DisplayName = DisplayName,
            Description = Description,
            Count = decoded.Count,
            FirstStep = decoded.Count > 0 ? decoded[0].Step : 0,
            LastStep = decoded.Count > 0 ? decoded[^1].Step : 0,
            LastWallTime = decoded.Count > 0 ? UnixTime.FromSeconds(decoded[^1].WallTime) : null,
            Bytes = bytes,
        };
        return new Series<T>(
            _run.Name,
            info,
            [.. decoded.Select(value => value.Step)],
            [.. decoded.Select(value => value.WallTime)],
            [.. decoded.Select(value => value.Value)]);
    }

    private T? Decode<T>(in IndexedValue value)
        where T : class
    {
        try
        {
            return (T)(Kind switch
            {
                TagKind.Image => ImageSummary.Decode(value.Items),
                TagKind.Audio => value.Items.Select(clip => AudioSummary.ClipOf(clip)).ToArray(),
                _ => ValueDecoder.Decode(_tag, ValueView.OfTensor(value.Items[0].Span)),
            });
        }
        catch (Exception e) when (e is InvalidDataException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
