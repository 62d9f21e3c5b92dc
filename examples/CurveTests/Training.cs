using Quickstart;
using TorchBoard;

namespace CurveTests;

/// <summary>A training run, written to event files and read back.</summary>
internal sealed record Training(RunLog Train, RunLog HeldOut)
{
    private static readonly TrainerOptions Short = new() { Epochs = 12 };

    /// <summary>Trains on the digits for a few epochs, as the Quickstart does.</summary>
    public static Training Run(Func<TrainerOptions, TrainerOptions>? change = null)
    {
        string directory = Directory.CreateTempSubdirectory("curve-tests-").FullName;
        try
        {
            var trainer = new Trainer(Digits.Load(), change is null ? Short : change(Short));
            using (var log = new TrainingLog(directory, trainer))
                trainer.Run(log.Step, log.Epoch);
            return new Training(
                RunLog.Open(Path.Combine(directory, "train")), RunLog.Open(Path.Combine(directory, "heldout")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
