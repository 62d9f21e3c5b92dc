using System.Diagnostics;
using System.Globalization;
using TorchBoard.Fuzz;
using TorchBoard.TestKit;

// Damages event files and reads them. Usage: [--minutes N] [--seed S] [--findings DIR], or --replay FILE.
// Each input is determined by the seed and its number. Inputs that break a promise are saved.
ForeignCulture.Begin();
TimeSpan patience = TimeSpan.FromSeconds(30);
double minutes = 1;
int seed = 1;
string findings = "fuzz-findings";
string? replay = null;
for (int i = 0; i + 1 < args.Length; i += 2)
{
    switch (args[i])
    {
        case "--minutes":
            minutes = double.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            break;
        case "--findings":
            findings = args[i + 1];
            break;
        case "--replay":
            replay = args[i + 1];
            break;
        default:
            Console.Error.WriteLine($"unknown option '{args[i]}'");
            return 2;
    }
}

if (replay is not null)
{
    Examination.Of(Path.GetFullPath(replay), File.ReadAllBytes(replay), []);
    Console.WriteLine("nothing found");
    return 0;
}

// Earlier findings must stay fixed.
string known = Path.Combine(AppContext.BaseDirectory, "Findings");
foreach (string file in Directory.Exists(known) ? Directory.GetFiles(known, "*tfevents*") : [])
    Examination.Of(file, File.ReadAllBytes(file), []);

Corpus corpus = Corpus.Load(Path.Combine(AppContext.BaseDirectory, "Corpus"));
string directory = Directory.CreateTempSubdirectory("torchboard-fuzz-").FullName;
string path = Path.Combine(directory, "events.out.tfevents.1.fuzz");
long inputs = 0, found = 0, longestInput = 0;
byte[] current = [];
TimeSpan longest = TimeSpan.Zero;
long since = Stopwatch.GetTimestamp();
long begun = Stopwatch.GetTimestamp();
var reading = new Thread(Read);
reading.Start();

// Only another thread can detect a hang.
while (!reading.Join(TimeSpan.FromSeconds(1)))
{
    if (Stopwatch.GetElapsedTime(Volatile.Read(ref since)) < patience)
        continue;
    Save($"input {inputs} of seed {seed} takes longer than {patience.TotalSeconds} seconds");
    Environment.Exit(1);
}

Directory.Delete(directory, recursive: true);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{inputs} inputs with seed {seed}, {found} findings; the slowest, {longestInput}, "
    + $"took {longest.TotalMilliseconds:F0} ms"));
return found == 0 ? 0 : 1;

void Read()
{
    while (Stopwatch.GetElapsedTime(begun).TotalMinutes < minutes)
    {
        Mutant mutant = Mutant.Of(corpus, seed, inputs);
        current = mutant.Bytes;
        File.WriteAllBytes(path, current);
        Volatile.Write(ref since, Stopwatch.GetTimestamp());
        try
        {
            Examination.Of(path, current, mutant.Original);
        }
        catch (Exception e)
        {
            found++;
            Save($"input {inputs} of seed {seed}: {e}");
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(since);
        if (taken > longest)
            (longest, longestInput) = (taken, inputs);
        inputs++;
    }
}

void Save(string what)
{
    Directory.CreateDirectory(findings);
    string saved = Path.Combine(findings, string.Create(CultureInfo.InvariantCulture, $"seed{seed}-{inputs}.tfevents"));
    File.WriteAllBytes(saved, current);
    Console.Error.WriteLine($"{what}{Environment.NewLine}saved as {Path.GetFullPath(saved)}");
}
