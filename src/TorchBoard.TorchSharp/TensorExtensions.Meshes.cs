using TorchBoard.Imaging;
using TorchBoard.Meshes;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>Adds a mesh, or a cloud of points, to the Mesh dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>reconstruction</c>.</param>
    /// <param name="vertices">
    /// The points, three coordinates each: shape [N, 3], or [B, N, 3] for several meshes. Coordinates that are NaN or
    /// infinite become 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="colors">
    /// The points' colors, shaped as the points are: integers from 0 to 255, or floats from 0 to 1. None by default.
    /// </param>
    /// <param name="faces">
    /// The triangles, three numbers of points each, counted from 0 within a mesh: integers, shape [F, 3], or [B, F, 3]
    /// for several meshes. None by default, which is a cloud of points.
    /// </param>
    /// <param name="scene">Camera, lights and material; TensorBoard's own by default.</param>
    /// <param name="wallTime">When it was had; now by default.</param>
    /// <exception cref="ArgumentException">
    /// As of <see cref="SummaryWriter.AddMesh(string, ReadOnlySpan{float}, long, ReadOnlySpan{byte}, ReadOnlySpan{int},
    /// int, MeshScene?, DateTimeOffset?)"/>, or a tensor cannot be read or is of another shape.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static void AddMesh(
        this SummaryWriter writer, string tag, Tensor vertices, long step, Tensor? colors = null, Tensor? faces = null,
        MeshScene? scene = null, DateTimeOffset? wallTime = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int meshes = MeshesIn(vertices, nameof(vertices));
        byte[] colorBytes = [];
        if (colors is not null)
        {
            MeshesIn(colors, nameof(colors));
            colorBytes = ColorsOf(colors);
        }

        int[] corners = [];
        if (faces is not null)
        {
            if (MeshesIn(faces, nameof(faces)) != meshes)
            {
                throw new ArgumentException(
                    $"The points are of {meshes} meshes; the shape of the faces is {TensorArgument.ShapeText(faces)}.",
                    nameof(faces));
            }

            using HostTensor indices = IntegersOf(faces, nameof(faces));
            corners = indices.Values<int>().ToArray();
        }

        using var host = new HostTensor(vertices, ScalarType.Float32);
        writer.AddMesh(tag, host.Values<float>(), step, colorBytes, corners, meshes, scene, wallTime);
    }

    private static int MeshesIn(Tensor tensor, string argument) => TensorArgument.ShapeOf(tensor, argument) switch
    {
        [_, 3] => 1,
        [int meshes, _, 3] => meshes,
        _ => throw new ArgumentException(
            $"The shape [N, 3] or [B, N, 3] is wanted; {TensorArgument.ShapeText(tensor)} given.", argument),
    };

    private static byte[] ColorsOf(Tensor colors)
    {
        using HostTensor host = HostTensor.OfPixels(colors);
        if (host.Type == ScalarType.Byte)
            return host.Values<byte>().ToArray();
        ReadOnlySpan<float> shares = host.Values<float>();
        return Picture.FromPixels(shares, ImageLayout.Hwc, [1, shares.Length / 3, 3]).Pixels.ToArray();
    }
}
