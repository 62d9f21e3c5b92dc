using System.Text;

namespace TorchBoard.Uploading;

/// <summary>A file beside the event files, from the spool.</summary>
/// <param name="store">The store.</param>
/// <param name="spool">The spool.</param>
/// <param name="file">The file.</param>
/// <param name="change">The change of a shared text; null for a file that replaces another.</param>
internal sealed class SpooledUpload(ObjectStorage store, Spool spool, SpoolFile file, Func<string, string>? change)
{
    public string Path => file.TargetPath;

    public ObjectPath Target => file.Target;

    /// <summary>Uploads it and removes it from the spool.</summary>
    public async Task UploadAsync(CancellationToken cancellationToken)
    {
        if (file.Kind == SpoolKind.Change)
        {
            await store.UpdateAsync(file.Target, change ?? Added(), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await FileUpload.SendAsync(store, file, file.Length, new UploadBudget(), cancellationToken)
                .ConfigureAwait(false);
        }

        spool.Remove(file);
    }

    // The change of a process that was killed: lists in protobuf's text format may be joined.
    private Func<string, string> Added()
    {
        string text = File.ReadAllText(file.Path, Encoding.UTF8);
        return before => before.Contains(text, StringComparison.Ordinal) ? before : before + text;
    }
}
