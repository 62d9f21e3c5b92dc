namespace TorchBoard.Meshes;

/// <summary>The properties that must be the same at every step of a mesh's tag.</summary>
internal readonly record struct MeshForm(int Meshes, bool HasFaces, bool HasColors)
{
    public override string ToString() =>
        $"{Meshes} mesh{(Meshes == 1 ? "" : "es")} per step, {(HasFaces ? "with" : "without")} faces and "
        + $"{(HasColors ? "with" : "without")} colors";
}
