using System.Globalization;
using TorchBoard.Benchmarks.Quick;
using TorchSharp;

// Compares with TorchSharp's own writer, one JSON object per line, within a minute. If there is a GPU or a device is
// named, also the cost of logging a scalar of the device: device [cuda|cpu] [milliseconds per step].
// watch [runs] [cpu|cuda]: the cost of a watch per step of a resnet18. collect [steps]: the number of steps that fail
// while a thread constantly collects garbage.
try
{
    TorchBoard.LibTorch.EnsureLoaded();
}
catch (DllNotFoundException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

switch (args)
{
    case ["device", ..]:
        torch.Device device = torch.device(args.ElementAtOrDefault(1) ?? "cuda");
        double milliseconds = double.Parse(args.ElementAtOrDefault(2) ?? "5", CultureInfo.InvariantCulture);
        Print(DeviceFigures.All(device, milliseconds));
        break;
    case ["watch", ..]:
        int runs = int.Parse(args.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
        Print(WatchFigures.All(runs, torch.device(args.ElementAtOrDefault(2) ?? "cpu")));
        break;
    case ["collect", ..]:
        Print(CollectionFigures.All(int.Parse(args.ElementAtOrDefault(1) ?? "500", CultureInfo.InvariantCulture)));
        break;
    default:
        Print(OwnWriterFigures.All());
        break;
}

return 0;

static void Print(IEnumerable<Figure> figures)
{
    foreach (Figure figure in figures)
        Console.WriteLine(figure.ToJson());
}
