using System.Collections.Concurrent;
using System.Diagnostics;

namespace TorchBoard.Soak;

/// <summary>
/// Some seconds in which threads write a run with sub-runs while faults come and go, and what is read back afterwards.
/// </summary>
internal sealed class Round
{
    private const int Threads = 4;

    private readonly string _root;
    private readonly Reference _reference;
    private readonly Random _random;
    private readonly bool _isSynced;
    private readonly bool _movesFiles;
    private readonly ConcurrentQueue<BriefRun> _briefRuns = new();
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly Tally _tally = new();
    private volatile bool _isOver;

    public Round(string root, int seed, int number, Reference reference)
    {
        _root = root;
        _reference = reference;
        _random = new Random((seed * 7919) + number);
        _isSynced = number % 3 == 0;
        _movesFiles = number % 2 == 1;
        Faults.Begin(_random.Next());
    }

    /// <summary>What was lost or told wrongly.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    // Where a run continues in a new file, and the old one cannot be truncated, events may be in both; what was reported as
    // lost may be in a file that was moved away.
    private bool IsExact => !_isSynced && !_movesFiles;

    private string Runs => Path.Combine(_root, "runs");

    private string Moved => Path.Combine(_root, "moved");

    /// <summary>Writes for a time, then reads back.</summary>
    public Tally Run(TimeSpan time)
    {
        using var writer = new SummaryWriter(Runs, new SummaryWriterOptions
        {
            SyncToDisk = _isSynced,
            UnwrittenBytesLimit = 1 << _random.Next(20, 24),
            FlushInterval = TimeSpan.FromMilliseconds(_random.Next(1, 300)),
            WaitLimit = TimeSpan.FromSeconds(2),
            FlushTimeout = TimeSpan.FromSeconds(60),
        });
        writer.WriteFailed += (_, _) => Interlocked.Increment(ref _tally.Told);
        writer.WriteRecovered += (_, _) => { };
        SoakedRun[] runs =
        [
            new("", writer, Threads),
            new("sub", writer.OpenSubRun("sub"), Threads),
        ];
        var embeddings = new SoakedEmbeddings(writer.OpenSubRun("points"), Path.Combine(Runs, "points"));
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i =>
        {
            int seed = _random.Next();
            return new Thread(() => Guard(() => Write(writer, runs, embeddings, i, new Random(seed))));
        })];
        foreach (Thread thread in threads)
            thread.Start();
        Disturb(time);
        _isOver = true;
        foreach (Thread thread in threads)
            thread.Join();
        Guard(() => FlushToFullDisk(writer, runs[0]));
        Guard(() => End(writer));
        Check(runs, embeddings);
        return _tally;
    }

    private void Disturb(TimeSpan time)
    {
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < time)
        {
            if (_random.Next(2) == 0)
                Faults.End();
            else
                Faults.Change(_random, wrongSizes: !IsExact);
            if (_movesFiles && _random.Next(4) == 0)
                MoveFile();
            Thread.Sleep(_random.Next(5, 300));
        }

        Faults.End();
    }

    // As a deleted file is to the writer, except that what was written before it noticed can still be read.
    private void MoveFile()
    {
        string[] directories = [.. RunDirectories.Below(Runs).Select(run => run.Path)];
        string directory = directories[_random.Next(directories.Length)];
        string to = Path.Combine(Moved, Path.GetRelativePath(Runs, directory), $"{_tally.Moved:D6}");
        foreach (string file in Directory.GetFiles(directory, "*tfevents*"))
        {
            try
            {
                Directory.CreateDirectory(to);
                File.Move(file, Path.Combine(to, Path.GetFileName(file)));
                _tally.Moved++;
            }
            catch (FileNotFoundException)
            {
                // The writer has moved its data to another file and deleted this one.
            }
        }
    }

    private void Write(SummaryWriter writer, SoakedRun[] runs, SoakedEmbeddings embeddings, int thread, Random random)
    {
        for (int burst = 0; !_isOver; burst++)
        {
            for (int left = random.Next(1, 60); left > 0; left--)
                runs[random.Next(runs.Length)].Add(thread, Data.Any(random));
            if (random.Next(30) == 0)
                Flush(writer, runs, thread, random);
            if (random.Next(300) == 0)
                _briefRuns.Enqueue(BriefRun.Write(writer, $"{(char)('a' + thread)}{burst}", burst));
            if (random.Next(100) == 0)
                embeddings.Add();
            Thread.Sleep(1);
        }
    }

    private void Flush(SummaryWriter writer, SoakedRun[] runs, int thread, Random random)
    {
        Interlocked.Increment(ref _tally.Flushes);
        try
        {
            writer.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException)
        {
            Interlocked.Increment(ref _tally.FailedFlushes);
            if (Interlocked.Read(ref _tally.Told) == 0)
                _findings.Enqueue($"a flush failed, but nothing was told: {e.Message}");
            return;
        }

        foreach (SoakedRun run in runs)
        {
            long dropped = run.Writer.DroppedEvents;
            foreach (Track track in run.Tracks[thread])
                track.Promise(dropped);
        }

        if (!_movesFiles && random.Next(4) == 0)
            Faults.Without(() => ReadBack(runs, thread));
    }

    // What a killed program would leave: everything that was flushed.
    private bool ReadBack(SoakedRun[] runs, int thread)
    {
        Interlocked.Increment(ref _tally.ReadBack);
        string? broken = null;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            broken = null;
            string[] files = FilesNow();
            foreach (SoakedRun run in runs)
            {
                var found = new FoundEvents(_reference);
                try
                {
                    foreach (string[] paths in DirectoriesOf(run, runs))
                        found.Read(paths, thread);
                }
                catch (Exception e) when (e is IOException or InvalidDataException)
                {
                    // A file was just created, or its data moved to another one: see again.
                    broken = e.Message;
                }

                broken ??= Broken(run, run.Tracks[thread], found);
            }

            if (broken is null)
                return true;

            // Another attempt must not wait until what is missing is written.
            if (files.SequenceEqual(FilesNow()))
                break;
        }

        _findings.Enqueue($"read at once: {broken}");
        return false;
    }

    private string[] FilesNow() => [.. Directory.GetFiles(Runs, "*tfevents*", SearchOption.AllDirectories).Order()];

    private void FlushToFullDisk(SummaryWriter writer, SoakedRun run)
    {
        writer.Flush();
        Faults.FillDisk();
        try
        {
            run.Add(thread: 0, kind: 0);
            writer.Flush();
            _findings.Enqueue("a flush succeeded although nothing could be written");
        }
        catch (IOException)
        {
            // As promised.
        }
        finally
        {
            Faults.End();
        }
    }

    // Without faults, everything that was kept can be written.
    private void End(SummaryWriter writer)
    {
        writer.Flush();
        long told = Interlocked.Read(ref _tally.Told);
        writer.Dispose();
        if (Interlocked.Read(ref _tally.Told) != told)
            _findings.Enqueue("a failure was told after the last fault");
    }

    private void Check(SoakedRun[] runs, SoakedEmbeddings embeddings)
    {
        foreach (SoakedRun run in runs)
        {
            var found = new FoundEvents(_reference);
            foreach (string[] paths in DirectoriesOf(run, runs))
                found.Read(paths);
            Check(run, found);
        }

        long dropped = runs.Sum(run => run.Writer.DroppedEvents);
        if (dropped > 0 && _tally.Told == 0)
            _findings.Enqueue($"{dropped} events were dropped, but nothing was told");
        foreach (string finding in _briefRuns.SelectMany(run => run.Check(DirectoriesOf(run.Name))).Concat(embeddings.Check()))
            _findings.Enqueue(finding);
        _tally.BriefRuns = _briefRuns.Count;
        _tally.Embeddings = embeddings.Added;
    }

    private void Check(SoakedRun run, FoundEvents found)
    {
        Track[] tracks = [.. run.Tracks.SelectMany(tracks => tracks)];
        long added = tracks.Sum(track => track.Steps * _reference.EventsOf(track.Kind));
        long dropped = run.Writer.DroppedEvents;
        _tally.Added += added;
        _tally.Found += found.Count;
        _tally.Dropped += dropped;
        _tally.Repeated += found.Repeated;
        foreach (string wrong in found.Wrong.Take(10))
            _findings.Enqueue($"run '{run.Name}': {wrong}");
        if (Broken(run, tracks, found) is { } broken)
            _findings.Enqueue(broken);

        // After a failed fsync, what counts as lost may be there.
        long lost = added - found.Count - dropped;
        _tally.Lost += Math.Max(lost, 0);
        _tally.FoundThoughDropped += Math.Max(-lost, 0);
        if (lost > 0 || (IsExact && lost < 0))
            _findings.Enqueue($"run '{run.Name}': {added} events added, {found.Count} found, {dropped} reported as lost");
        if (IsExact && found.Repeated > 0)
            _findings.Enqueue($"run '{run.Name}': {found.Repeated} events found twice");
    }

    private string? Broken(SoakedRun run, Track[] tracks, FoundEvents found) => tracks
        .Select(track => track.Broken(found.Of(track.Tag), _reference.EventsOf(track.Kind)))
        .FirstOrDefault(broken => broken is not null) is { } first ? $"run '{run.Name}': {first}" : null;

    // Those of the run and of its series, each with those to which its files were moved before.
    private IEnumerable<string[]> DirectoriesOf(SoakedRun run, SoakedRun[] runs) =>
        from name in RunDirectories.Below(Runs).Select(found => found.Name)
            .Concat(RunDirectories.Below(Moved).Select(moved => Path.GetDirectoryName(moved.Name)!)).Distinct()
        where !BriefRun.Has(name) && runs.Where(other => other.Has(name)).MaxBy(other => other.Name.Length) == run
        select DirectoriesOf(name);

    private string[] DirectoriesOf(string name)
    {
        string moved = Path.Combine(Moved, name);
        string run = Path.Combine(Runs, name);
        return
        [
            .. RunDirectories.Below(moved).Where(found => Path.GetDirectoryName(found.Name) is "").Select(found => found.Path),
            .. RunDirectories.IsRun(run) ? [run] : (string[])[],
        ];
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            _findings.Enqueue(e.ToString());
        }
    }
}
