namespace TorchBoard.Tool.Comparing;

/// <summary>What only one side of a comparison has.</summary>
[Flags]
internal enum MissingKinds
{
    None = 0,
    Runs = 1,
    Tags = 2,
    Steps = 4,
    All = Runs | Tags | Steps,
}
