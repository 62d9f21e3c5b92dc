namespace TorchBoard.Meshes;

/// <summary>What must stay the same at every step of a mesh's tag.</summary>
internal readonly record struct MeshForm(int Meshes, bool HasFaces, bool HasColors)
{
    public override string ToString() =>
        $"{Meshes} mesh{(Meshes == 1 ? "" : "es")} a step, {(HasFaces ? "with" : "without")} faces and "
        + $"{(HasColors ? "with" : "without")} colors";
}
