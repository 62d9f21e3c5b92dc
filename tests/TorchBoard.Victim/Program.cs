using System.Diagnostics;
using System.Globalization;
using TorchBoard;
using TorchBoard.TestKit;
using TorchBoard.Victim;

// A training program that ends in every way a program can. The tests start it as a child process and check the files
// that it leaves behind. Usage: TorchBoard.Victim WAY DIRECTORY; it reports on standard output.
ForeignCulture.Begin();
(string way, string directory) = (args[0], args[1]);
if (way == "first-use")
{
    FirstUse.Report(directory);
    return 0;
}

if (way is "new-runs" or "new-stored-runs")
{
    NewRuns.Open(directory, way is "new-stored-runs");
    return 0;
}

// Only the end of the process may write the last events.
var options = new SummaryWriterOptions { FlushInterval = TimeSpan.FromHours(1) };
if (way is "load" or "load-without-flush" or "beat")
    options = options with { FlushInterval = TimeSpan.FromMilliseconds(50) };

// The bound is so small that the program keeps waiting for the disk. Nothing may be dropped, however slow the disk is.
if (way is "load-without-flush")
    options = options with { UnwrittenBytesLimit = 1 << 20, WaitLimit = TimeSpan.FromHours(1) };

if (way is "rounds" or "rounds-synced" or "rounds-new-run" or "rounds-untold" or "embeddings")
    options = options with { SyncToDisk = way is "rounds-synced" or "rounds-new-run", FlushTimeout = TimeSpan.FromSeconds(1) };

// Runs in a store, below the directory, with a spool beside it.
string? stored = null;
if (way is "store" or "store-return")
{
    stored = "folder://bucket/" + args[2];
    options = options with
    {
        Storage = new FolderObjects(Path.Combine(directory, "store")),
        SpoolDirectory = Path.Combine(directory, "spool"),
        UploadInterval = TimeSpan.FromMilliseconds(100),
    };
}

// A program that replaces itself starts again with its number as a third argument.
int generation = args.Length > 2 && stored is null ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
if (way is "replace" or "restart")
    options = options with { PurgeStep = generation * 10, TimeProvider = new Standstill() };

long added = 0;
SummaryWriter writer = way is "rounds-new-run"
    ? SummaryWriter.OpenNewRun("_run", options, directory)
    : new SummaryWriter(stored ?? directory, options);
switch (way)
{
    case "return":
    case "store-return":
        Add(1000);
        break;

    case "store":
        // Until it is killed; reports what is in the spool.
        while (true)
        {
            Add(1000);
            writer.Flush();
            Console.WriteLine($"flushed {added}");
        }

    case "environment-exit":
        Add(1000);
        Environment.Exit(3);
        break;

    case "throw":
        Add(1000);
        throw new InvalidOperationException("the training loop died");

    case "throw-on-thread":
        Add(1000);
        var thread = new Thread(() => throw new InvalidOperationException("a worker died"));
        thread.Start();
        thread.Join();
        break;

    case "signal":
        Add(1000);
        Console.WriteLine("ready");
        Console.In.ReadLine();
        break;

    case "load":
        // Writes as fast as possible until it is killed, and reports what each Flush has promised.
        for (long step = 0; ; step++)
        {
            writer.AddScalar("loss/train", step, step);
            if (step % 1000 == 0)
                writer.AddHistogram("weights", [step, step + 1f], step);
            if (step % 50_000 == 0)
            {
                writer.Flush();
                Console.WriteLine($"flushed {step}");
            }
        }

    case "load-without-flush":
        // The same, written only by the flush interval.
        var random = new Random(1);
        float[] weights = new float[1000];
        for (long step = 0; ; step++)
        {
            writer.AddScalar("loss/train", step, step);
            if (step % 20 == 0)
            {
                weights[random.Next(weights.Length)] = random.NextSingle();
                writer.AddHistogram("weights", weights, step);
            }

            if (step % 2000 == 0)
                Console.WriteLine($"added {step}");
        }

    case "beat":
        // Adds as many events as each input line says, and leaves writing to the flush interval.
        while (Console.In.ReadLine() is { } line)
        {
            Add(int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine($"added {added}");
        }

        break;

    case "replace":
        // Fifteen steps, five of which the next program purges. It replaces this one without disposal.
        added = generation * 10;
        Add(15, generation);
        writer.Flush();
        if (generation < 9)
            Self.Become(way, directory, generation + 1);
        break;

    case "restart":
        // The same in one process, as fast as possible: all within one second of its clock.
        for (writer.Dispose(); generation < 50; generation++)
        {
            using (writer = new SummaryWriter(directory, options with { PurgeStep = generation * 10 }))
            {
                added = generation * 10;
                Add(15, generation);
            }
        }

        break;

    case "parent":
        // Starts children that write to the same directory at the same time.
        using (var stop = new CancellationTokenSource())
        {
            var work = Task.Run(() =>
            {
                // Not as fast as possible, because the tests read everything.
                do
                    Add(100);
                while (!stop.Token.WaitHandle.WaitOne(1));
            });
            for (int child = 0; child < 3; child++)
            {
                using Process process = Self.Start("return", directory);
                process.WaitForExit();
            }

            stop.Cancel();
            work.Wait();
        }

        Console.WriteLine($"added {added}");
        break;

    case "one":
        // One of several processes that start in the same second.
        Console.In.ReadLine();
        using (writer = new SummaryWriter(directory))
            Add(100);
        break;

    case "exit-handler":
        // Events that are added when the writer has already been flushed for the last time.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => AddAtTheEnd();
        break;

    case "crash-handler":
        AppDomain.CurrentDomain.UnhandledException += (_, _) => AddAtTheEnd();
        throw new InvalidOperationException("the training loop died");

    case "starved":
        // Keeps all threads of the pool busy for good.
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        var never = new ManualResetEvent(false);
        for (int i = 0; i < 1000; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => never.WaitOne(), null);
        Add(500);
        Console.WriteLine(writer.FlushAsync().Wait(TimeSpan.FromSeconds(30)) ? "flushed" : "flush hangs");
        Add(500);
        Console.WriteLine(writer.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(30)) ? "disposed" : "dispose hangs");
        break;

    case "embeddings":
        writer.WriteFailed += (_, e) => Console.WriteLine($"told {e.Path}");
        float[] vectors = [.. Enumerable.Range(0, 100_000).Select(i => (float)i)];
        writer.AddEmbedding("points", vectors, step: 0, dimensions: 2);
        TryFlush();
        writer.Dispose();
        Console.WriteLine($"dropped {writer.DroppedEvents}");
        break;

    case "rounds":
    case "rounds-synced":
    case "rounds-new-run":
    case "rounds-untold":
        // Adds and flushes, and reports what it is told, unless nothing listens.
        if (way != "rounds-untold")
            writer.WriteFailed += (_, e) => Console.WriteLine($"told {e.Exception.Message}");
        for (int round = 0; round < 5; round++)
        {
            Add(10);
            Console.WriteLine(TryFlush() ? "flushed" : "flush failed");
        }

        writer.Dispose();
        Console.WriteLine($"dropped {writer.DroppedEvents}");
        break;

    case "many-runs":
        // 300 sub-runs and 100 series at once; nothing is written before the first flush.
        SummaryWriter[] runs = [.. Enumerable.Range(0, 300).Select(i => writer.OpenSubRun($"run{i}"))];
        for (int step = 0; step < 3; step++)
        {
            foreach (SummaryWriter run in runs)
                run.AddScalar("loss", step, step);
            for (int i = 0; i < 100; i++)
                writer.AddScalars("loss", [($"series{i}", (float)step)], step);
            writer.Flush();
        }

        foreach (SummaryWriter run in runs)
            run.Dispose();
        writer.Dispose();
        Console.WriteLine($"dropped {writer.DroppedEvents}");
        break;

    case "fill":
        // Writes more than fits on the disk and far less than fits in memory, continues, and flushes on request.
        int told = 0;
        writer.WriteFailed += (_, _) => Interlocked.Increment(ref told);
        Add(100_000);
        bool flushed = TryFlush();
        Add(10_000);
        Console.WriteLine($"full {added}");
        Console.WriteLine(flushed ? "flushed" : "flush failed");

        Console.In.ReadLine();
        writer.Flush();
        Console.WriteLine($"told {told} dropped {writer.DroppedEvents}");
        break;

    case "fill-untold":
        // WriteFailed has no handler, so the failure goes to standard error.
        do
            Add(10_000);
        while (TryFlush());
        Console.WriteLine($"full {added}");
        Console.In.ReadLine();
        Add(10);
        writer.Flush();
        Console.WriteLine($"dropped {writer.DroppedEvents}");
        break;

    default:
        Console.Error.WriteLine($"unknown way '{way}'");
        return 2;
}

return 0;

// A scalar at each step, some of them in a sub-run that is opened only now.
void AddAtTheEnd()
{
    Add(500);
    SummaryWriter late = writer.OpenSubRun("late");
    late.AddHistogram("weights", [1f, 2f], 0);
    late.AddScalar("loss/train", 1, 1);
    using var later = new SummaryWriter(Path.Combine(directory, "later"), options);
    later.AddScalar("loss/train", 1, 1);
    Add(500);
}

bool TryFlush()
{
    try
    {
        writer.Flush();
        return true;
    }
    catch (IOException)
    {
        return false;
    }
}

void Add(int count, float? value = null)
{
    for (int i = 0; i < count; i++, added++)
        writer.AddScalar("loss/train", value ?? added, added);
}
