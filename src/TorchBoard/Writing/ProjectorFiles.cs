using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;
using TorchBoard.Storage;

namespace TorchBoard.Writing;

/// <summary>The files of one embedding that the projector reads beside the event file.</summary>
internal sealed class ProjectorFiles
{
    private readonly string _tensorName;

    /// <summary>Chooses the names of the files.</summary>
    /// <exception cref="ArgumentException">The tag is too long to name a directory.</exception>
    public ProjectorFiles(string tag, long step)
    {
        Name = DirectoryOf(tag, step);

        // The browser puts the name into a URL unescaped, where these characters would truncate or change it.
        string name = Marked(tag.Replace('&', '_').Replace('#', '_').Replace('+', '_').Replace('%', '_'), tag);
        _tensorName = string.Create(CultureInfo.InvariantCulture, $"{name}:{step:D5}");
    }

    /// <summary>The directory of the files below the run.</summary>
    public string Name { get; }

    /// <summary>The file that was written last, or tried; null before the first.</summary>
    public string? LastPath { get; private set; }

    public required float[] Vectors { get; init; }

    public required int Dimensions { get; init; }

    /// <summary>The metadata; empty for none.</summary>
    public required EmbeddingColumn[] Columns { get; init; }

    public required EmbeddingSprites? Sprites { get; init; }

    /// <summary>The size in memory, in bytes.</summary>
    public long Size => ((long)sizeof(float) * Vectors.Length) + (Sprites?.Size ?? 0)
        + Columns.Sum(column => column.Values.Sum(value => 32L + (sizeof(char) * (value?.Length ?? 0))));

    private string VectorsName => $"{Name}/tensors.tsv";

    private string MetadataName => $"{Name}/metadata.tsv";

    private string SpriteName => $"{Name}/sprite.png";

    /// <summary>
    /// Writes the files below a run and adds them to the projector's list, which other writers may share.
    /// </summary>
    /// <param name="storage">The storage of the run.</param>
    /// <param name="run">The run's path.</param>
    /// <param name="sync">Whether to wait until the files would survive a power failure.</param>
    public void Write(RunStorage storage, string run, bool sync)
    {
        Write(VectorsName, file => EmbeddingTable.WriteVectors(file, Vectors, Dimensions));
        if (Columns.Length > 0)
            Write(MetadataName, file => EmbeddingTable.WriteMetadata(file, Columns));
        if (Sprites is { } sprites)
            Write(SpriteName, file => file.Write(PngEncoder.Encode(sprites.Sheet())));

        string entry = ProjectorConfig.Entry(
            _tensorName,
            Vectors.Length / Dimensions,
            Dimensions,
            VectorsName,
            Columns.Length > 0 ? MetadataName : null,
            Sprites is null ? null : (SpriteName, Sprites.Width, Sprites.Height));
        LastPath = storage.Below(run, EmbeddingList.Name);
        storage.UpdateFile(LastPath, config => ProjectorConfig.With(config, _tensorName, entry), sync);

        void Write(string name, Action<Stream> write)
        {
            LastPath = storage.Below(run, name);
            storage.WriteFile(LastPath, write, sync);
        }
    }

    // 00012/tag, as PyTorch names it. Tags that are not valid directory names get a unique replacement.
    private static string DirectoryOf(string tag, long step)
    {
        string name = Marked(RunName.Sanitize(tag), tag);
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > RunName.MaxBytes)
        {
            throw new ArgumentException(
                $"The tag of an embedding becomes a directory name, which must have at most {RunName.MaxBytes} bytes; "
                + $"'{tag[..32]}…' takes {length}.",
                nameof(tag));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{step:D5}/{name}");
    }

    // Marks a changed name so that two tags do not collide.
    private static string Marked(string name, string tag) => name == tag
        ? name
        : $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tag)).AsSpan(0, 4))}";
}
