using TorchBoard;
using TorchBoard.Hyperparameters;
using TorchBoard.Imaging;

// A program that is compiled to native code. It logs a run to the directory that its argument names and reads it back.
// It prints what it read wrongly, and exits with 1 where there is anything.
string directory = args[0];
float[] weights = [-1, 0, 0.5f, 2];
byte[] pixels = [0, 64, 128, 255];
int faults = 0;

using (var writer = new SummaryWriter(directory))
{
    for (int step = 0; step < 100; step++)
    {
        writer.AddScalar("loss/train", 1f / (step + 1), step);
        writer.AddHistogram("weights", weights, step);
    }

    writer.AddHistogram<double>("doubles", [1, 2, 3], 0);
    writer.AddImage("picture", pixels, 1, ImageLayout.Hw, [2, 2]);
    writer.AddText("note", "**bold**", 2);
    writer.AddHyperparameters(
        new Dictionary<string, Hyperparameter> { ["lr"] = 0.1, ["optimizer"] = "adam", ["nesterov"] = true });
}

RunLog run = RunLog.Open(directory);
Check("errors", run.Errors.Count, 0);
Check("steps", run.Scalars["loss/train"].Steps[^1], 99L);
Check("values", run.Scalars["loss/train"].Values[3], 0.25);
Check("histograms", run.Histograms["weights"].Count, 100);
Check("histogram", run.Histograms["doubles"].Values[0].Sum, 6.0);
Check("image", run.Images["picture"].Values[0][0].Width, 2);
Check("text", run.Text["note"].Values[0].ToString(), "**bold**");
Check("number", run.Hyperparameters!.Values["lr"].Number, 0.1);
Check("word", run.Hyperparameters.Values["optimizer"].ToString(), "adam");
return faults == 0 ? 0 : 1;

void Check<T>(string what, T read, T written)
{
    if (EqualityComparer<T>.Default.Equals(read, written))
        return;
    Console.WriteLine($"{what}: read {read}, written {written}");
    faults++;
}
