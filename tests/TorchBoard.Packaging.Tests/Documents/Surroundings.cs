// The declarations that the documents' code blocks assume. Compiled with them, not with the tests.
#pragma warning disable IDE1006 // Named as the variables of the documents.

using System.Collections.Generic;
using TorchBoard;
using TorchBoard.Hyperparameters;

internal static class Surroundings
{
    public static readonly string[] words = ["ten", "words"];
    public static readonly Dictionary<string, Hyperparameter> hyperparameters = [];
    public static readonly bool[] isCat = [true];
    public static readonly byte[] png = [];
    public static readonly float[] pixels =
        [], batch = [], frames = [], samples = [], scores = [], vectors = [], vertices = [], weights = [];
    public static readonly int[] faces = [], labels = [];
    public static readonly long step = 0, steps = 100;
    public static readonly int rank = 0, height = 28, width = 28;
    public static readonly SummaryWriter writer = new("runs/documents");
    public static readonly RunLog run = RunLog.Open("runs/documents");
    public static readonly ScalarSeries loss = run.Scalars["loss/train"];

    public static readonly Microsoft.Extensions.DependencyInjection.IServiceCollection services = null!;

    public static float Train() => 0;

    public static float Train(double learningRate) => (float)learningRate;

    public static double Validate() => 0;

    public static void Save(string path) => File.WriteAllText(path, "");

    public static void Load(string path) => File.ReadAllText(path);
}
