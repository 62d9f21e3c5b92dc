namespace TorchBoard.Meshes;

/// <summary>What faces or points look like: <see cref="SurfaceMaterial"/> or <see cref="PointMaterial"/>.</summary>
public abstract record MeshMaterial
{
    private protected MeshMaterial()
    {
    }
}
