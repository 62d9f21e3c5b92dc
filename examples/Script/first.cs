// A run in one file: dotnet run examples/Script/first.cs -- --logdir runs/first
// In a folder of your own, the first line is: #:package TorchBoard@*
#:project ../../src/TorchBoard/TorchBoard.csproj

using TorchBoard;

string logDirectory = args is ["--logdir", var given] ? given : "runs/first";
using var writer = new SummaryWriter(logDirectory);
var random = new Random(1);
double[] weights = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() - 0.5)];

for (long step = 0; step < 500; step++)
{
    weights = [.. weights.Select(w => 0.99 * w)];
    writer.AddScalar("loss/train", weights.Sum(w => w * w), step);
    writer.AddHistogram("weights", weights, step);
}
