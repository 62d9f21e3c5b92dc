module TorchBoard.FSharp.Tests.WriterTests

open System
open System.Collections.Generic
open System.IO
open NUnit.Framework
open TorchBoard
open TorchBoard.Graphs
open TorchBoard.Histograms
open TorchBoard.Hyperparameters
open TorchBoard.Imaging
open TorchBoard.Testing

let private weights = [| for i in 0 .. 999 -> float32 i / 1000.0f - 0.5f |]

let private train directory =
    use writer = new SummaryWriter(directory, SummaryWriterOptions(FileNameSuffix = ".fs", PurgeStep = Nullable 0L))

    for step in 0L .. 99L do
        let decay = exp (-0.05f * float32 step)
        writer.AddScalar("loss/train", decay, step)
        writer.AddHistogram("weights", weights |> Array.map (fun weight -> weight * decay), step)

    writer.AddHistogram<float32>("weights/bins", weights, 0L, HistogramBins.Equal 30)
    writer.AddImage<byte>("picture", Array.zeroCreate<byte> (3 * 4 * 5), 0L, ImageLayout.Chw, [| 3; 4; 5 |])
    writer.AddScalars("losses", [ KeyValuePair("train", 0.1f); KeyValuePair("test", 0.2f) ], 0L)
    writer.AddScalars("losses", dict [ "train", 0.1; "test", 0.2 ], 1L)
    writer.AddScalars("losses", ReadOnlySpan [| struct ("train", 0.1); struct ("test", 0.2) |], 2L)
    writer.AddMetrics(dict [ "accuracy", 0.9; "f1", 0.8 ], 0L)
    writer.AddMetrics(ReadOnlySpan [| struct ("accuracy", 1); struct ("f1", 1) |], 1L)
    writer.AddTable("table", [| "class"; "accuracy" |], [ [| "cat"; "0.9" |] ], 0L)
    writer.AddHyperparameters(dict [ "lr", Hyperparameter.op_Implicit 0.1; "optimizer", Hyperparameter.op_Implicit "adam" ]
                              |> Dictionary)
    writer.AddGraph(GraphBuilder().Add("input", "Placeholder", [||]).Add("relu", "Relu", [| "input" |]).Build())

[<Test>]
let ``What F# writes reads back`` () =
    let directory = Directory.CreateTempSubdirectory("torchboard-fsharp-").FullName

    try
        train directory
        let run = RunLog.Open directory
        let loss = run.Scalars["loss/train"]
        Assert.That(loss.Count, Is.EqualTo 100)
        Assert.That(loss.Values[0], Is.EqualTo 1.0)
        Assert.That((loss |> Seq.minBy _.Value).Step, Is.EqualTo 99L)
        Assert.That((run.Scalars["f1"] |> Seq.sumBy _.Value), Is.EqualTo(float 0.8f + 1.0))
        Assert.That((RunLog.Open(Path.Combine(directory, "losses_train"))).Scalars["losses"].Count, Is.EqualTo 3)
        Assert.That(run.Histograms["weights/bins"].Values[0].Counts.Length, Is.EqualTo 30)
        let hyperparameters = run.Hyperparameters |> Option.ofObj |> Option.get
        Assert.That(hyperparameters.Values["lr"].Number, Is.EqualTo(Nullable 0.1))
        Curve.Of(loss).Decreases().EndsBelow(0.1).HasNoNaN() |> ignore
    finally
        Directory.Delete(directory, true)
