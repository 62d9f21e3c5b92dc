using BenchmarkDotNet.Running;
using TorchBoard.Benchmarks.Quick;
using TorchBoard.Benchmarks.Work;

// quick: one JSON object per line, within a minute. work: a workload that other loggers are also timed with.
// first-use: the cost in a fresh process. Anything else goes to BenchmarkDotNet (--filter '*').
switch (args)
{
    case [FirstUse.Command, var directory]:
        FirstUse.Log(directory);
        break;
    case ["quick", ..]:
        QuickMode.Run(args[1..]);
        break;
    case ["work", var name, var count, var directory]:
        SharedWork.Run(name, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), directory);
        break;
    default:
        RunBenchmarks();
        break;
}

// A separate method, so that nothing else loads BenchmarkDotNet.
void RunBenchmarks() => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
