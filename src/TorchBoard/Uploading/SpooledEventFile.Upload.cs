using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Uploading;

/// <summary>What the uploading thread does.</summary>
internal sealed partial class SpooledEventFile
{
    /// <summary>The length at which a part that was appended to the store is removed from the spool.</summary>
    private const int LongestPart = 4 << 20;

    /// <summary>The number of objects that others may change during one upload.</summary>
    private const int MostReplaced = 3;

    /// <summary>Uploads what there is at present.</summary>
    /// <param name="told">Receives what is wrong with an object although the upload goes on.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task UploadAsync(Action<string, Exception> told, CancellationToken cancellationToken)
    {
        int replaced = 0;
        while (Take(out long length, out bool isFinal) is { } file)
        {
            if (file.Shipped < length)
            {
                if (!file.IsNamed)
                    await NameAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    await FileUpload.SendAsync(store, file, length, _budget, cancellationToken).ConfigureAwait(false);
                }
                catch (ObjectChangedException e) when (replaced++ < MostReplaced)
                {
                    string path = file.TargetPath;
                    Replace(file);
                    told(path, new IOException($"{e.Message} The run continues in a new object.", e));
                    continue;
                }
            }

            if (!isFinal)
                return;
            Remove(file);
        }
    }

    private bool HasMostAppends => _budget.Requests - _requestsBefore >= FileUpload.MostAppends;

    // The oldest file, how much of it to upload, and whether that is all that there will be.
    private SpoolFile? Take(out long length, out bool isFinal)
    {
        lock (_gate)
        {
            (length, isFinal) = (0, false);
            if (_files.Count == 0)
                return null;
            SpoolFile file = _files[0];
            length = file.Length;
            if (file == _active && file.Shipped < length)
            {
                // Decided now, so that nothing is added to a file that is uploaded for the last time.
                _rolls |= file.Kind == SpoolKind.Part
                    ? length >= LongestPart || HasMostAppends
                    : !_budget.AllowsAnother(length, length - file.Shipped);
            }

            isFinal = file != _active || _rolls;
            return file;
        }
    }

    // Compares the names with those of all other writers. Readers take the files of a run in the order of their names.
    private async Task NameAsync(CancellationToken cancellationToken)
    {
        ObjectPath first;
        lock (_gate)
            first = _files[0].Target;
        string run = first.Key[..(first.Key.LastIndexOf('/') + 1)];
        string last = "";
        await foreach (StoredObject o in store.ListAsync(
            first with { Key = run + EventFileName.Start }, cancellationToken).ConfigureAwait(false))
        {
            string name = o.Key[run.Length..];
            if (!name.Contains('/', StringComparison.Ordinal) && string.CompareOrdinal(name, last) > 0)
                last = name;
        }

        if (last.Length > 0)
            OnOthers?.Invoke($"{store.Scheme}://{first.Container}/{run.TrimEnd('/')}");
        OnOthers = null;
        lock (_gate)
        {
            (ObjectPath before, ObjectPath after) = (default, default);
            foreach (SpoolFile file in _files)
            {
                if (file.Target == before)
                {
                    file.Rename(after);
                }
                else
                {
                    before = file.Target;
                    if (string.CompareOrdinal(file.Target.Key[run.Length..], last) <= 0)
                        file.Rename(file.Target with { Key = run + EventFileName.Next(last, now(), suffix) });
                    after = file.Target;
                    last = after.Key[run.Length..];
                }

                file.IsNamed = true;
            }

            _last = _files[^1].Target;
        }
    }

    private void Remove(SpoolFile file)
    {
        lock (_gate)
        {
            if (file == _active)
            {
                _active = null;
                Close();
            }

            _files.Remove(file);
            spool.Remove(file);
        }
    }

    // Others have deleted or changed the object, which is theirs now. What it did not have yet continues in a new one.
    private void Replace(SpoolFile file)
    {
        lock (_gate)
        {
            SpoolFile next = Create(NextName(), offset: 0, out LocalEventFile local);
            try
            {
                byte[] records = opening();
                local.Append(records);
                next.Length = records.Length;
                using var rest = new LocalFile(file.Path);
                byte[] buffer = new byte[1 << 16];
                for (long at = file.ShippedWhole; at < file.Length;)
                {
                    int read = rest.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Length - at)), at);
                    if (read == 0)
                        break;
                    local.Append(buffer.AsSpan(0, read));
                    next.Length += read;
                    at += read;
                }
            }
            catch
            {
                local.Dispose();
                next.Delete();
                throw;
            }

            spool.Count(next.Length);
            next.IsNamed = true;
            _files[_files.IndexOf(file)] = next;
            if (file == _active)
            {
                Close();
                (_active, _local) = (next, local);
            }
            else
            {
                local.Dispose();
            }

            _previous = _previous == file ? next : _previous;
            Repoint(file.Target, next);
            spool.Remove(file);
        }
    }

    // Parts that follow in the same object follow in the new one.
    private void Repoint(ObjectPath before, SpoolFile next)
    {
        long offset = next.Length;
        for (int i = _files.IndexOf(next) + 1; i < _files.Count && _files[i].Target == before; i++)
        {
            _files[i] = _files[i].At(next.Target, offset);
            offset += _files[i].Length;
            _active = _active?.Path == _files[i].Path ? _files[i] : _active;
            _previous = _previous?.Path == _files[i].Path ? _files[i] : _previous;
        }
    }
}
