using System.Globalization;

namespace TorchBoard.Uploading;

/// <summary>What a file of the spool becomes in the store.</summary>
internal enum SpoolKind
{
    /// <summary>A whole object, an event file.</summary>
    Segment,

    /// <summary>A part of an object, appended at an offset.</summary>
    Part,

    /// <summary>A whole object, which replaces one of the same name.</summary>
    File,

    /// <summary>What a change of a shared text makes of no text.</summary>
    Change,
}

/// <summary>
/// A file in the spool. A note beside it says which object it belongs to, so that another process can upload it.
/// </summary>
internal sealed class SpoolFile(string path, string scheme, SpoolKind kind, ObjectPath target, long offset)
{
    private const string NoteExtension = ".to";

    public string Path => path;

    public SpoolKind Kind => kind;

    /// <summary>The object.</summary>
    public ObjectPath Target { get; private set; } = target;

    /// <summary>The position of the file's first byte in the object.</summary>
    public long Offset => offset;

    /// <summary>The path of the object.</summary>
    public string TargetPath => $"{scheme}://{Target.Container}/{Target.Key}";

    /// <summary>The number of bytes to upload, all of whole records.</summary>
    public long Length { get; set; }

    /// <summary>The number of bytes that the store has.</summary>
    public long Shipped { get; set; }

    /// <summary>The number of bytes that the store had after the last upload that went to its end.</summary>
    public long ShippedWhole { get; set; }

    /// <summary>The version of the object that this file was uploaded as; empty before the first time.</summary>
    public string Version { get; set; } = "";

    /// <summary>Whether the name was compared with those of the other files of the run in the store.</summary>
    public bool IsNamed { get; set; }

    /// <summary>Returns the file of a note that a process left; null if it cannot be understood.</summary>
    public static SpoolFile? Load(string path, string scheme)
    {
        string[] note = File.Exists(path + NoteExtension) ? File.ReadAllLines(path + NoteExtension) : [];
        if (note.Length < 4
            || !Enum.TryParse(note[0], out SpoolKind kind)
            || !long.TryParse(note[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
        {
            return null;
        }

        return new SpoolFile(path, scheme, kind, new ObjectPath(note[2], note[3]), offset)
        {
            Length = new FileInfo(path).Length,
            IsNamed = true,
        };
    }

    /// <summary>Returns the same file as a part of another object.</summary>
    public SpoolFile At(ObjectPath other, long otherOffset)
    {
        var moved = new SpoolFile(path, scheme, kind, other, otherOffset) { Length = Length, IsNamed = IsNamed };
        moved.SaveNote();
        return moved;
    }

    /// <summary>Records the object in the note.</summary>
    public void SaveNote()
    {
        string unfinished = $"{path}{NoteExtension}.tmp";
        File.WriteAllLines(
            unfinished,
            [kind.ToString(), offset.ToString(CultureInfo.InvariantCulture), Target.Container, Target.Key]);
        File.Move(unfinished, path + NoteExtension, overwrite: true);
    }

    /// <summary>Gives the object another name.</summary>
    public void Rename(ObjectPath to)
    {
        ObjectPath before = Target;
        Target = to;
        try
        {
            SaveNote();
        }
        catch
        {
            Target = before;
            throw;
        }
    }

    public void Delete()
    {
        // In this order: a note without a file is nothing.
        File.Delete(path);
        File.Delete(path + NoteExtension);
    }
}
