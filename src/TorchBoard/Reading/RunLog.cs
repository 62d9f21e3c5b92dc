using TorchBoard.Histograms;
using TorchBoard.Plugins;
using TorchBoard.Reading;
using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// What a run's event files hold, whoever wrote them. Read once, when it is opened; immutable and thread-safe from
/// then on.
/// </summary>
/// <remarks>
/// Files may be read while they are written. A file that ends within a record is normal
/// (<see cref="HasTruncatedTail"/>); what is damaged is passed over and listed in <see cref="Errors"/>, and
/// everything else is read.
/// </remarks>
public sealed partial class RunLog
{
    private RunLog(string name, string path, RunReader reader)
    {
        Name = name;
        Path = path;
        Files = reader.Files;
        Errors = reader.Errors;
        Graphs = reader.Graphs;
        Hyperparameters = reader.Hyperparameters;

        var tags = reader.Tags.Select(t => (t.Tag, t.Points, Info: Describe(t.Tag.Metadata, t.Points))).ToList();
        Tags = new($"tags in run '{name}'", tags.Select(t => KeyValuePair.Create(t.Tag.Name, t.Info)));
        Scalars = new($"scalar tags in run '{name}'", tags
            .Where(t => t.Tag.IsRead && t.Points is Points<double>)
            .Select(t => KeyValuePair.Create(t.Tag.Name, ((Points<double>)t.Points).ToScalars(name, t.Info))));
        Histograms = Of<Histogram>(TagKind.Histogram, "histogram");
        Images = Of<IReadOnlyList<ImageSample>>(TagKind.Image, "image");
        Audio = Of<IReadOnlyList<AudioClip>>(TagKind.Audio, "audio");
        Text = Of<TextValue>(TagKind.Text, "text");
        PrCurves = Of<PrCurve>(TagKind.PrCurve, "PR curve");
        Tensors = Of<TensorValue>(TagKind.Tensor, "tensor");
        MeshParts = Of<MeshPart>(TagKind.Mesh, "mesh");
        Meshes = new($"meshes in run '{name}'", MeshJoin.Of(name, MeshParts.Values));

        TagDictionary<Series<T>> Of<T>(TagKind kind, string kindName) => new(
            $"{kindName} tags in run '{name}'", tags
                .Where(t => t.Tag.IsRead && t.Tag.Kind == kind)
                .Select(t => KeyValuePair.Create(t.Tag.Name, ((Points<object?>)t.Points).ToSeries<T>(name, t.Info))));
    }

    /// <summary>The name of the run: its directory's.</summary>
    public string Name { get; }

    /// <summary>The full path of the run's directory, or of the one file that was opened.</summary>
    public string Path { get; }

    /// <summary>The event files, in the order in which they were read.</summary>
    public IReadOnlyList<EventFileInfo> Files { get; }

    /// <summary>All tags of the run, of every kind.</summary>
    public TagDictionary<TagInfo> Tags { get; }

    /// <summary>Curves: single numbers, of old or new style, of float or double.</summary>
    public TagDictionary<ScalarSeries> Scalars { get; }

    /// <summary>Distributions, of old or new style.</summary>
    public TagDictionary<Series<Histogram>> Histograms { get; }

    /// <summary>Encoded pictures; a step may have several.</summary>
    public TagDictionary<Series<IReadOnlyList<ImageSample>>> Images { get; }

    /// <summary>Sound clips; a step may have several.</summary>
    public TagDictionary<Series<IReadOnlyList<AudioClip>>> Audio { get; }

    /// <summary>Text and tables of text.</summary>
    public TagDictionary<Series<TextValue>> Text { get; }

    /// <summary>Precision-recall curves.</summary>
    public TagDictionary<Series<PrCurve>> PrCurves { get; }

    /// <summary>Meshes and clouds of points, by the name of the mesh, joined of their parts at the same step.</summary>
    public TagDictionary<Series<Mesh>> Meshes { get; }

    /// <summary>The parts that meshes are joined of, by tag.</summary>
    public TagDictionary<Series<MeshPart>> MeshParts { get; }

    /// <summary>Arrays that belong to no other kind.</summary>
    public TagDictionary<Series<TensorValue>> Tensors { get; }

    /// <summary>What the run's trial was run with; null where the run says nothing of it.</summary>
    public HyperparameterLog? Hyperparameters { get; }

    /// <summary>The computation graphs.</summary>
    public IReadOnlyList<LoggedGraph> Graphs { get; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<CorruptRecord> Errors { get; }

    /// <summary>Whether a file ends within a record: its writer is at work, or was killed. That is no error.</summary>
    public bool HasTruncatedTail => Files.Any(file => file.HasTruncatedTail);

    /// <summary>Reads a run.</summary>
    /// <param name="path">
    /// A directory with event files, which are read in the order of their names; or one event file. Directories
    /// below it are runs of their own: see <see cref="LogDirectory"/>.
    /// </param>
    /// <param name="options">What is read; by default everything.</param>
    /// <exception cref="DirectoryNotFoundException">There is nothing at the path.</exception>
    /// <exception cref="FileNotFoundException">There is no such event file.</exception>
    /// <exception cref="InvalidDataException">The directory has no event file, or the file is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory or a file may not be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static RunLog Open(string path, RunLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(RunStorage.Of(path), path, options ?? RunLogOptions.Default);
    }

    internal static RunLog Open(RunStorage storage, string path, RunLogOptions options) =>
        Open(storage, path, storage.NameOf(path), options);

    internal static RunLog Open(RunStorage storage, string path, string name, RunLogOptions options)
    {
        IReadOnlyList<string> files = FilesOf(storage, path);
        var reader = new RunReader(storage, options);
        foreach (string file in files)
            reader.Read(file);
        reader.Complete();

        if (reader.Errors.Count > 0 && reader.Files.All(file => file.EventCount == 0))
        {
            CorruptRecord first = reader.Errors[0];
            throw new InvalidDataException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"'{first.File}' is no event file: {first.Reason} at offset {first.Offset}."));
        }

        return new RunLog(name, storage.FullPath(path), reader);
    }

    private static IReadOnlyList<string> FilesOf(RunStorage storage, string path)
    {
        IReadOnlyList<string> files = storage.EventFilesOf(path);
        return files.Count > 0
            ? files
            : throw new InvalidDataException(
                $"The directory '{path}' holds no event file: no file has '{EventFileName.Marker}' in its name.");
    }

    private static TagInfo Describe(TagMetadata tag, Points points) => new()
    {
        Tag = tag.Tag,
        Kind = tag.Kind,
        PluginName = tag.PluginName,
        DisplayName = tag.DisplayName,
        Description = tag.Description,
        Count = points.Count,
        FirstStep = points.FirstStep,
        LastStep = points.LastStep,
        Bytes = points.Bytes,
    };
}
