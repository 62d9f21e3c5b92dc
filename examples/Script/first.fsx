// A run in a script of F#: dotnet fsi examples/Script/first.fsx --logdir runs/first
#r "nuget: TorchBoard, *-*"

open System
open TorchBoard
open TorchBoard.Figures

let train (logDirectory: string) =
    use writer = new SummaryWriter(logDirectory)
    let random = Random 1
    let weights = Array.init 1000 (fun _ -> random.NextDouble() - 0.5)

    for step in 0L .. 499L do
        for i in 0 .. weights.Length - 1 do
            weights[i] <- 0.99 * weights[i]

        writer.AddScalar("loss/train", Array.sumBy (fun w -> w * w) weights, step)
        writer.AddHistogram<float>("weights", weights, step)

    writer.AddFigure("final", Figure(Title = "Weights").Histogram<float> weights, 499L)

match fsi.CommandLineArgs with
| [| _; "--logdir"; given |] -> train given
| _ -> train "runs/first"
