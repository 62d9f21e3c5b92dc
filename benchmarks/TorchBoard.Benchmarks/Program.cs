using BenchmarkDotNet.Running;
using TorchBoard.Benchmarks.Quick;
using TorchBoard.Benchmarks.Work;

// quick: one JSON object a line, within a minute. work: one piece of work that other loggers are timed at too.
// Anything else goes to BenchmarkDotNet (--filter '*').
switch (args)
{
    case ["quick", ..]:
        QuickMode.Run(args[1..]);
        break;
    case ["work", var name, var count, var directory]:
        SharedWork.Run(name, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), directory);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
