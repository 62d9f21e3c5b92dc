namespace TorchBoard.Meshes;

/// <summary>
/// A copy of one or more meshes with equal numbers of points and faces, mesh after mesh: three numbers per point, face
/// and color. Faces and colors can be empty.
/// </summary>
internal sealed class MeshData
{
    // Browsers index the corners of faces with 16 bits.
    private const int MostPointsOfFaces = ushort.MaxValue + 1;

    /// <param name="vertices">The points, which are not copied.</param>
    /// <param name="faces">The triangles; may be empty.</param>
    /// <param name="colors">The colors; may be empty.</param>
    /// <param name="meshes">The number of meshes.</param>
    public MeshData(float[] vertices, ReadOnlySpan<int> faces, ReadOnlySpan<byte> colors, int meshes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(meshes, 1);
        if (vertices.Length == 0)
            throw new ArgumentException("There must be at least one point; was 0.", nameof(vertices));
        ThrowIfNotTriples(vertices.Length, meshes, nameof(vertices));
        ThrowIfNotTriples(faces.Length, meshes, nameof(faces));
        if (!colors.IsEmpty && colors.Length != vertices.Length)
        {
            throw new ArgumentException(
                $"Each point must have a color of three bytes: expected {vertices.Length}, got {colors.Length}.",
                nameof(colors));
        }

        Meshes = meshes;
        ThrowIfNotPoints(faces, vertices.Length / meshes / 3);
        Vertices = vertices;
        Faces = faces.ToArray();
        Colors = colors.ToArray();

        // A point that is not finite would hide the whole mesh.
        for (int i = 0; i < Vertices.Length; i++)
        {
            if (!float.IsFinite(Vertices[i]))
                Vertices[i] = 0;
        }
    }

    public int Meshes { get; }

    public float[] Vertices { get; }

    public int[] Faces { get; }

    public byte[] Colors { get; }

    public MeshForm Form => new(Meshes, Faces.Length > 0, Colors.Length > 0);

    public long Size => (sizeof(float) * (long)Vertices.Length) + (sizeof(int) * (long)Faces.Length) + Colors.Length;

    public int[] ShapeOf(int length) => [Meshes, length / Meshes / 3, 3];

    private static void ThrowIfNotTriples(int length, int meshes, string argument)
    {
        if (length % (3L * meshes) != 0)
        {
            throw new ArgumentException(
                $"The number of values must be a multiple of {3L * meshes}, triples for {meshes} "
                + $"mesh{(meshes == 1 ? "" : "es")} of equal size; was {length}.",
                argument);
        }
    }

    private static void ThrowIfNotPoints(ReadOnlySpan<int> faces, int points)
    {
        for (int i = 0; i < faces.Length; i++)
        {
            if ((uint)faces[i] >= (uint)points)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Corners must be between 0 and {points - 1}; face {i / 3} has {faces[i]}."),
                    nameof(faces));
            }

            if (faces[i] >= MostPointsOfFaces)
            {
                throw new ArgumentException(
                    $"Corners must be between 0 and {MostPointsOfFaces - 1}, the limit of browsers; face {i / 3} has "
                    + $"{faces[i]}. Simplify the mesh or split it.",
                    nameof(faces));
            }
        }
    }
}
