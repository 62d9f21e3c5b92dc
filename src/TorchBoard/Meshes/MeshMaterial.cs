namespace TorchBoard.Meshes;

/// <summary>The look of faces or points: <see cref="SurfaceMaterial"/> or <see cref="PointMaterial"/>.</summary>
public abstract record MeshMaterial
{
    private protected MeshMaterial()
    {
    }
}
