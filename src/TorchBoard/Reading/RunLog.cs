using System.Runtime.ExceptionServices;
using TorchBoard.Histograms;
using TorchBoard.Plugins;
using TorchBoard.Reading;
using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>
/// The content of a run's event files, of any writer. Read once, when opened. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Files may be read while they are written. It is normal for a file to end within a record
/// (<see cref="HasTruncatedTail"/>). Damaged parts, and files that cannot be read, are skipped and listed in
/// <see cref="Errors"/>; everything else is read.
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
            .Where(t => t.Tag is { IsRead: true, Kind: TagKind.Scalar })
            .Select(t => KeyValuePair.Create(t.Tag.Name, t.Points.ToScalars(name, t.Info))));
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

    /// <summary>The name of the run, which is that of its directory.</summary>
    public string Name { get; }

    /// <summary>The full path of the run's directory, or of the single file that was opened.</summary>
    public string Path { get; }

    /// <summary>The event files, in the order in which they were read.</summary>
    public IReadOnlyList<EventFileInfo> Files { get; }

    /// <summary>All tags of the run, of every kind.</summary>
    public TagDictionary<TagInfo> Tags { get; }

    /// <summary>Curves of single numbers: legacy or new-style values, float or double.</summary>
    public TagDictionary<ScalarSeries> Scalars { get; }

    /// <summary>Distributions: legacy or new-style values.</summary>
    public TagDictionary<Series<Histogram>> Histograms { get; }

    /// <summary>Encoded pictures; a step may have several.</summary>
    public TagDictionary<Series<IReadOnlyList<ImageSample>>> Images { get; }

    /// <summary>Audio clips; a step may have several.</summary>
    public TagDictionary<Series<IReadOnlyList<AudioClip>>> Audio { get; }

    /// <summary>Text and tables of text.</summary>
    public TagDictionary<Series<TextValue>> Text { get; }

    /// <summary>Precision-recall curves.</summary>
    public TagDictionary<Series<PrCurve>> PrCurves { get; }

    /// <summary>Meshes and point clouds by name, joined from their parts at the same step.</summary>
    public TagDictionary<Series<Mesh>> Meshes { get; }

    /// <summary>The parts from which meshes are joined, by tag.</summary>
    public TagDictionary<Series<MeshPart>> MeshParts { get; }

    /// <summary>Tensors of no other kind.</summary>
    public TagDictionary<Series<TensorValue>> Tensors { get; }

    /// <summary>The hyperparameters and the status of the run; null if it has none.</summary>
    public HyperparameterLog? Hyperparameters { get; }

    /// <summary>The computation graphs.</summary>
    public IReadOnlyList<LoggedGraph> Graphs { get; }

    /// <summary>The parts of the files that could not be read.</summary>
    public IReadOnlyList<CorruptRecord> Errors { get; }

    /// <summary>
    /// Whether a file ends within a record, because its writer is still running or was killed. Not an error.
    /// </summary>
    public bool HasTruncatedTail => Files.Any(file => file.HasTruncatedTail);

    /// <summary>Reads a run.</summary>
    /// <param name="path">
    /// A directory with event files, which are read in the order of their names, or one event file. Directories below
    /// it are separate runs; see <see cref="LogDirectory"/>.
    /// </param>
    /// <param name="options">What to read; everything by default.</param>
    /// <exception cref="ArgumentException">
    /// The path is null or empty, or not one of the storage: a URI such as <c>s3://…</c> needs a
    /// <see cref="RunLogOptions.Storage"/>.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">The path does not exist.</exception>
    /// <exception cref="FileNotFoundException">The event file does not exist.</exception>
    /// <exception cref="InvalidDataException">The directory has no event file, or the file is not one.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the directory, or to all files, is denied.</exception>
    /// <exception cref="IOException">The directory cannot be listed, or no file can be read.</exception>
    public static RunLog Open(string path, RunLogOptions? options = null)
    {
        return Open(RunStorage.Of(path, options?.Storage), path, options ?? RunLogOptions.Default);
    }

    /// <summary>Reads a run on a thread of the thread pool.</summary>
    /// <param name="path">A directory with event files, or one event file.</param>
    /// <param name="options">What to read; everything by default.</param>
    /// <param name="cancellationToken">Cancels reading before the next event file.</param>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    /// <inheritdoc cref="Open(string, RunLogOptions?)"/>
    public static Task<RunLog> OpenAsync(
        string path, RunLogOptions? options = null, CancellationToken cancellationToken = default)
    {
        RunStorage storage = RunStorage.Of(path, options?.Storage);
        return Task.Run(
            () => Open(storage, path, storage.NameOf(path), options ?? RunLogOptions.Default, cancellationToken),
            cancellationToken);
    }

    internal static RunLog Open(RunStorage storage, string path, RunLogOptions options) =>
        Open(storage, path, storage.NameOf(path), options);

    internal static RunLog Open(
        RunStorage storage, string path, string name, RunLogOptions options,
        CancellationToken cancellationToken = default)
    {
        storage = storage.Snapshot(path);
        RunReader reader = RunReader.Read(storage, FilesOf(storage, path), options, cancellationToken);
        if (reader.Errors.Count > 0 && reader.Files.All(file => file.EventCount == 0))
        {
            if (reader.Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            CorruptRecord first = reader.Errors[0];
            throw new InvalidDataException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"'{first.File}' is not an event file: {first.Reason} at offset {first.Offset}."));
        }

        return new RunLog(name, storage.FullPath(path), reader);
    }

    private static IReadOnlyList<string> FilesOf(RunStorage storage, string path)
    {
        IReadOnlyList<string> files = storage.EventFilesOf(path);
        if (files.Count > 0)
            return files;
        const int shown = 5;
        IReadOnlyList<(string Name, string Path)> below = storage.RunsBelow(path);
        string names = string.Join(", ", below.OrderBy(run => run.Name, NaturalOrder.Instance).Take(shown).Select(run => $"'{run.Name}'"));
        throw new InvalidDataException(below.Count == 0
            ? $"There is no event file in '{path}' or below: no file has '{EventFileName.Marker}' in its name."
            : $"The directory '{path}' is not a run, but contains {(below.Count > shown ? $"{below.Count} runs, such as " : "")}{names}. "
                + $"Open one of them, or all with {nameof(LogDirectory)}.{nameof(LogDirectory.Open)}.");
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
        LastWallTime = points.Count > 0 ? UnixTime.FromSeconds(points.LastWallTime) : null,
        Bytes = points.Bytes,
    };
}
