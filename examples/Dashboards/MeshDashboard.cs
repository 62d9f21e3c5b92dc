using System.Numerics;
using TorchBoard;
using TorchBoard.Meshes;

namespace Dashboards;

/// <summary>Logs a sphere that grows bumps step by step, and the Lorenz attractor as a point cloud.</summary>
internal static class MeshDashboard
{
    public static void Write(SummaryWriter writer)
    {
        WriteSphere(writer);
        WriteAttractor(writer);
    }

    private static void WriteSphere(SummaryWriter writer)
    {
        var sphere = new Icosphere(splits: 4);
        var scene = new MeshScene
        {
            Camera = new MeshCamera { FieldOfView = 50, Position = new Vector3(1.5f, 1.5f, 2.2f) },
            Lights = [MeshLight.Ambient(0.4f), MeshLight.Directional(new Vector3(1, 2, 1.5f), 0.8f)],
            Material = new SurfaceMaterial { Roughness = 0.6f, Metalness = 0.1f },
        };

        for (int step = 0; step <= 5; step++)
        {
            Vector3[] points = sphere.Vertices;
            byte[] colors = new byte[3 * points.Length];
            for (int i = 0; i < points.Length; i++)
            {
                float bump = Harmonic(points[i]);
                Color(bump).CopyTo(colors, 3 * i);
                points[i] *= 1 + (0.08f * step * bump);
            }

            writer.AddMesh("shapes/sphere", points, step, colors, sphere.Faces, scene: scene);
        }
    }

    // A real spherical harmonic of degree 4 and order 3, up to a factor; -1 to 1.
    private static float Harmonic(Vector3 p) => 3.08f * p.Z * p.X * ((p.X * p.X) - (3 * p.Y * p.Y));

    // From blue through white to red.
    private static byte[] Color(float value)
    {
        float v = Math.Clamp(value, -1, 1);
        byte faded = (byte)(255 * (1 - Math.Abs(v)));
        return v > 0 ? [255, faded, faded] : [faded, faded, 255];
    }

    private static void WriteAttractor(SummaryWriter writer)
    {
        const int count = 6000;
        const float dt = 0.008f;
        var points = new Vector3[count];
        byte[] colors = new byte[3 * count];
        var p = new Vector3(1, 1, 20);
        for (int i = 0; i < count; i++)
        {
            p += dt * new Vector3(10 * (p.Y - p.X), (p.X * (28 - p.Z)) - p.Y, (p.X * p.Y) - (8f / 3 * p.Z));
            points[i] = new Vector3(p.X, p.Z - 25, p.Y);
            byte late = (byte)(255 * i / count);
            ((byte[])[late, 60, (byte)(255 - late)]).CopyTo(colors, 3 * i);
        }

        var scene = new MeshScene
        {
            Camera = new MeshCamera { FieldOfView = 50, Position = new Vector3(20, 12, 72) },
            Material = new PointMaterial { Size = 0.4f },
        };
        writer.AddMesh("shapes/attractor", points, 0, colors, scene: scene);
    }
}
