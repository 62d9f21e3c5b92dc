using System.Numerics;

namespace Dashboards;

/// <summary>A sphere of nearly equal triangles: an icosahedron whose faces are repeatedly split into four.</summary>
internal sealed class Icosphere
{
    private readonly List<Vector3> _vertices = [];
    private readonly Dictionary<(int, int), int> _middles = [];

    public Icosphere(int splits)
    {
        float golden = (1 + MathF.Sqrt(5)) / 2;
        foreach ((float a, float b) in new[] { (1f, golden), (-1f, golden), (1f, -golden), (-1f, -golden) })
        {
            _vertices.Add(Vector3.Normalize(new Vector3(0, a, b)));
            _vertices.Add(Vector3.Normalize(new Vector3(a, b, 0)));
            _vertices.Add(Vector3.Normalize(new Vector3(b, 0, a)));
        }

        List<(int A, int B, int C)> faces = FirstFaces();
        for (int i = 0; i < splits; i++)
            faces = Split(faces);
        Faces = [.. faces.SelectMany(face => new[] { face.A, face.B, face.C })];
    }

    /// <summary>Points of the unit sphere.</summary>
    public Vector3[] Vertices => [.. _vertices];

    public int[] Faces { get; }

    // The corners of a face are neighbors of each other, counterclockwise seen from outside.
    private List<(int A, int B, int C)> FirstFaces()
    {
        float edge = Enumerable.Range(1, 11).Min(i => Vector3.Distance(_vertices[0], _vertices[i])) * 1.01f;
        bool Near(int i, int j) => Vector3.Distance(_vertices[i], _vertices[j]) < edge;
        var faces = new List<(int, int, int)>();
        for (int a = 0; a < 12; a++)
        {
            for (int b = a + 1; b < 12; b++)
            {
                for (int c = b + 1; c < 12; c++)
                {
                    if (!Near(a, b) || !Near(b, c) || !Near(a, c))
                        continue;
                    Vector3 normal = Vector3.Cross(_vertices[b] - _vertices[a], _vertices[c] - _vertices[a]);
                    faces.Add(Vector3.Dot(normal, _vertices[a]) > 0 ? (a, b, c) : (a, c, b));
                }
            }
        }

        return faces;
    }

    private List<(int A, int B, int C)> Split(List<(int A, int B, int C)> faces)
    {
        var smaller = new List<(int, int, int)>();
        foreach ((int a, int b, int c) in faces)
        {
            (int ab, int bc, int ca) = (Middle(a, b), Middle(b, c), Middle(c, a));
            smaller.AddRange([(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]);
        }

        return smaller;
    }

    private int Middle(int a, int b)
    {
        (int, int) edge = (Math.Min(a, b), Math.Max(a, b));
        if (!_middles.TryGetValue(edge, out int middle))
        {
            _middles[edge] = middle = _vertices.Count;
            _vertices.Add(Vector3.Normalize(_vertices[a] + _vertices[b]));
        }

        return middle;
    }
}
