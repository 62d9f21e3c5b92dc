using BenchmarkDotNet.Running;
using TorchBoard.Benchmarks.Quick;

// quick: one JSON object a line, within a minute. Anything else goes to BenchmarkDotNet (--filter '*').
if (args is ["quick", ..])
    QuickMode.Run(args[1..]);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
