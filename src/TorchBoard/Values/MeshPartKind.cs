namespace TorchBoard;

/// <summary>What a part of a mesh holds.</summary>
public enum MeshPartKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Points; x, y and z each.</summary>
    Vertices = 1,

    /// <summary>Triangles; three vertex indices each.</summary>
    Faces = 2,

    /// <summary>The colors of the points; red, green and blue each, 0 to 255.</summary>
    Colors = 3,
}
