namespace TorchBoard.Meshes;

/// <summary>
/// A copy of one or several meshes of the same numbers of points and faces: points, corners and colors three
/// numbers each, mesh after mesh. Faces and colors may be empty.
/// </summary>
internal sealed class MeshData
{
    // Browsers count the corners of faces with 16 bits.
    private const int MostPointsOfFaces = ushort.MaxValue + 1;

    public MeshData(ReadOnlySpan<float> vertices, ReadOnlySpan<int> faces, ReadOnlySpan<byte> colors, int meshes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(meshes, 1);
        if (vertices.IsEmpty)
            throw new ArgumentException("There is no point; at least one is wanted.", nameof(vertices));
        ThrowIfNotTriples(vertices.Length, meshes, nameof(vertices));
        ThrowIfNotTriples(faces.Length, meshes, nameof(faces));
        if (!colors.IsEmpty && colors.Length != vertices.Length)
        {
            throw new ArgumentException(
                $"Every point has a color of three bytes: {vertices.Length} are wanted, {colors.Length} given.",
                nameof(colors));
        }

        Meshes = meshes;
        ThrowIfNotPoints(faces, vertices.Length / meshes / 3);
        Vertices = vertices.ToArray();
        Faces = faces.ToArray();
        Colors = colors.ToArray();

        // A point that is nowhere would take the whole mesh with it.
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
                $"{length} numbers are no triples for {meshes} mesh{(meshes == 1 ? "" : "es")} of equal size: "
                + $"a multiple of {3L * meshes} is wanted.",
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
                        $"Face {i / 3} has the corner {faces[i]}; the points are 0 to {points - 1}."),
                    nameof(faces));
            }

            if (faces[i] >= MostPointsOfFaces)
            {
                throw new ArgumentException(
                    $"Face {i / 3} has the corner {faces[i]}; browsers draw faces of the first "
                    + $"{MostPointsOfFaces} points only (0 to {MostPointsOfFaces - 1}). Simplify the mesh or split it.",
                    nameof(faces));
            }
        }
    }
}
