namespace TorchBoard.Tool.Checking;

/// <summary>A step compared with the one before it.</summary>
internal enum StepOrder
{
    Forward,
    Repeated,
    Backward,
}
