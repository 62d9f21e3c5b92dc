namespace TorchBoard;

/// <summary>What one part of a mesh holds.</summary>
public enum MeshPartKind
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>Points: x, y and z each.</summary>
    Vertices = 1,

    /// <summary>Triangles: three indices of vertices each.</summary>
    Faces = 2,

    /// <summary>The points' colors: red, green and blue each, from 0 to 255.</summary>
    Colors = 3,
}
