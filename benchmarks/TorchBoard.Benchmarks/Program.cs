using BenchmarkDotNet.Running;
using TorchBoard.Benchmarks.Quick;
using TorchBoard.Benchmarks.Work;

// quick: one JSON object a line, within a minute. work: one piece of work that other loggers are timed at too.
// first-use: what a fresh process is timed at. Anything else goes to BenchmarkDotNet (--filter '*').
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

// Apart, so that nothing else loads BenchmarkDotNet.
void RunBenchmarks() => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
