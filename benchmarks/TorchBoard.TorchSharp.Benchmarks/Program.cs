using System.Globalization;
using TorchBoard.Benchmarks.Quick;
using TorchSharp;

// Figures against TorchSharp's own writer, one JSON object a line, within a minute; and, where there is a GPU or one
// is named, what logging a scalar of the device costs a loop: device [cuda|cpu] [milliseconds a step].
// watch [runs]: what a watch costs a step of a resnet18. collect [steps]: how many steps fail beside a thread that
// collects garbage all the time.
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
        Print(WatchFigures.All(int.Parse(args.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture)));
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
