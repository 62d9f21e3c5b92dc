using Spectre.Console;
using TorchBoard.Figures;
using TorchBoard.Histograms;
using TorchBoard.Hyperparameters;
using TorchBoard.Tool.Output.Pictures;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Output;

/// <summary>Shows values other than curves.</summary>
internal sealed class ValueView(Terminal terminal, long? step, PictureProtocol pictures)
{
    private const int ShownSteps = 12;
    private const int ShownElements = 20;
    private const int TextWidth = 100;

    public void Write(RunLog run, TagInfo info)
    {
        if (LoggedSeries.Of(run, info) is not { Values.Length: > 0 } series)
        {
            string nothing = terminal.Dim(Shown.Kind(info.Kind) + ", no values");
            terminal.WriteLine($"{terminal.Bold(Printable.Line(info.Tag))}  {nothing}");
            terminal.WriteLine();
            return;
        }

        int at = series.IndexOf(step);
        string place = info.Kind == TagKind.Hyperparameters
            ? Shown.Kind(info.Kind)
            : $"{Shown.Kind(info.Kind)}, step {series.Steps[at]}, value {at + 1} of {series.Values.Length}";
        terminal.WriteLine(
            $"{terminal.Bold(Printable.Line(info.Tag))}  {terminal.Dim($"run {Printable.Line(run.Name)}, {place}")}");
        switch (series.Values[at])
        {
            case Histogram histogram:
                new HistogramView(terminal).Write(series, histogram);
                break;
            case TextValue text:
                WriteText(text);
                break;
            case IReadOnlyList<ImageSample> images:
                new PictureView(terminal, pictures).Write(images);
                WriteImages(series);
                break;
            case IReadOnlyList<AudioClip>:
                WriteClips(series);
                break;
            case PrCurve curve:
                WritePrCurve(curve);
                break;
            case MeshPart part:
                terminal.WriteLine($"  {part.Kind} of mesh '{Printable.Line(part.Mesh)}': {part.Data}");
                break;
            case TensorValue tensor:
                WriteTensor(tensor);
                break;
            case HyperparameterLog log:
                WriteHyperparameters(log);
                break;
        }

        terminal.WriteLine();
    }

    private static int FirstShown(LoggedSeries series) => Math.Max(0, series.Values.Length - ShownSteps);

    private void WriteText(TextValue text)
    {
        if (text.Shape.Length != 2)
        {
            foreach (string part in text.Strings)
            {
                foreach (string line in Printable.Lines(part).Split('\n'))
                    terminal.WriteLine("  " + line);
            }

            return;
        }

        int columns = text.Shape[1];
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = false };
        for (int i = 0; i < columns; i++)
            table.AddColumn("");
        foreach (string[] row in text.Strings.ToArray().Chunk(Math.Max(1, columns)))
            table.AddCells(row);
        terminal.Write(table);
    }

    private void WriteImages(LoggedSeries series)
    {
        Table table = Tables.New(">Step", ">Images", ">Pixels", "Format", ">Size");
        for (int i = FirstShown(series); i < series.Values.Length; i++)
        {
            var images = (IReadOnlyList<ImageSample>)series.Values[i];
            table.AddCells(
                Shown.Step(series.Steps[i]),
                Shown.Count(images.Count),
                images.Count > 0 ? $"{images[0].Width}×{images[0].Height}" : "",
                images.Count > 0 ? images[0].Format : "",
                Shown.Bytes(images.Sum(image => (long)image.Encoded.Length)));
        }

        terminal.Write(table);
        terminal.WriteLine(
            terminal.Dim("  'torchboard export DIR --format files --output OUT' writes the images."));
    }

    private void WriteClips(LoggedSeries series)
    {
        Table table = Tables.New(">Step", ">Clips", ">Samples per second", ">Channels", "Type", ">Size", "Label");
        for (int i = FirstShown(series); i < series.Values.Length; i++)
        {
            var clips = (IReadOnlyList<AudioClip>)series.Values[i];
            table.AddCells(
                Shown.Step(series.Steps[i]),
                Shown.Count(clips.Count),
                clips.Count > 0 ? Shown.Value(clips[0].SampleRate) : "",
                clips.Count > 0 ? Shown.Count(clips[0].Channels) : "",
                clips.Count > 0 ? clips[0].ContentType : "",
                Shown.Bytes(clips.Sum(clip => (long)clip.Encoded.Length)),
                clips.Count > 0 ? clips[0].Label : "");
        }

        terminal.Write(table);
        terminal.WriteLine(terminal.Dim("  'torchboard export DIR --format files --output OUT' writes the clips."));
    }

    private void WritePrCurve(PrCurve curve)
    {
        var chart = new TextChart { Title = "precision vs. recall", Width = terminal.ChartWidth, Height = 12 };
        chart.Add("precision", curve.Recall, curve.Precision);
        terminal.WriteChart(chart);
    }

    private void WriteTensor(TensorValue tensor)
    {
        terminal.WriteLine($"  {tensor}");
        if (tensor.Type == TensorType.Unknown)
            return;
        IEnumerable<string> elements = tensor.Type == TensorType.String
            ? tensor.ToStrings().Select(text => Printable.Shortened(text, TextWidth))
            : tensor.ToDoubles().Select(Shown.Exact);
        string more = tensor.ElementCount > ShownElements ? ", …" : "";
        terminal.WriteLine("  " + string.Join(", ", elements.Take(ShownElements)) + more);
    }

    private void WriteHyperparameters(HyperparameterLog log)
    {
        if (log.Values.Count > 0)
        {
            Table table = Tables.New("Hyperparameter", ">Value");
            foreach ((string name, Hyperparameter value) in log.Values)
                table.AddCells(name, value.Number is double number ? Shown.Exact(number) : value.ToString());
            terminal.Write(table);
        }

        terminal.WriteLine($"  Status: {log.Status.ToString().ToLowerInvariant()}");
    }
}
