// work WORK COUNT DIRECTORY: runs a workload with TorchSharp's own writer and prints its duration in seconds.

using System.Diagnostics;
using System.Globalization;
using TorchSharp;

if (args is not [var work, var countText, var directory])
    return 2;

try
{
    TorchBoard.LibTorch.EnsureLoaded();
}
catch (DllNotFoundException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

int count = int.Parse(countText, CultureInfo.InvariantCulture);
string[] tags = [.. Enumerable.Range(0, 20).Select(i => $"loss/tag{i:D2}")];
using torch.Tensor? values = work == "histograms" ? (torch.rand(100_000) * 2) - 1 : null;

// TorchSharp's writer writes and closes its file in each call, so there is nothing to close at the end.
long start = Stopwatch.GetTimestamp();
var writer = torch.utils.tensorboard.SummaryWriter(directory);
for (int i = 0; i < count; i++)
{
    if (values is null)
        writer.add_scalar(tags[i % tags.Length], i * 0.5f, i);
    else
        writer.add_histogram("weights", values, i);
}

Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
return 0;
