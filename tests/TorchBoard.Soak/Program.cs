using System.Diagnostics;
using System.Globalization;
using TorchBoard.Soak;
using TorchBoard.TestKit;

// Writes runs while calls of the system fail at random, and checks what it reads back against what it was told.
// Usage: [--minutes N] [--seed S]. Linux only; needs a C compiler. The faults of a round are drawn by the seed and the
// number of the round; which calls they meet depends on the threads.
ForeignCulture.Begin();
TimeSpan roundTime = TimeSpan.FromSeconds(5);
double minutes = 1;
int seed = 1;
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
        default:
            Console.Error.WriteLine($"unknown option '{args[i]}'");
            return 2;
    }
}

if (FaultyProgram.Directory is not { } directory)
    return FaultyProgram.Start(args);

long begun = Stopwatch.GetTimestamp();
Reference reference = Reference.Write(Path.Combine(directory, "reference"));
var total = new Tally();
int rounds = 0;
do
{
    string root = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"round{rounds}"));
    var round = new Round(root, seed, rounds, reference);
    total.Add(round.Run(roundTime));
    rounds++;
    foreach (string finding in round.Findings)
        Console.Error.WriteLine($"round {rounds - 1} of seed {seed}: {finding}");
    if (round.Findings.Count > 0)
    {
        Console.Error.WriteLine($"The files are in '{root}'.");
        Console.WriteLine($"{rounds} rounds with seed {seed}: {total}");
        return 1;
    }

    Directory.Delete(root, recursive: true);
}
while (Stopwatch.GetElapsedTime(begun).TotalMinutes < minutes);

Console.WriteLine($"{rounds} rounds with seed {seed}: {total}");
Console.WriteLine($"faults: {Faults.Told()}");

// Nothing would be proved.
return total.Found > 0 && Faults.HasDone ? 0 : 1;
