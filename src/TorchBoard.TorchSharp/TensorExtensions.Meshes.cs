using TorchBoard.Imaging;
using TorchBoard.Meshes;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class TensorExtensions
{
    /// <summary>Adds a mesh or a point cloud to the Mesh dashboard.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>reconstruction</c>.</param>
    /// <param name="vertices">
    /// The points, three coordinates each: shape [N, 3], or [B, N, 3] for several meshes. Coordinates that are NaN or
    /// infinite become 0.
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="colors">
    /// The colors of the points, with the same shape as the points: integers from 0 to 255, or floats from 0 to 1. None
    /// by default.
    /// </param>
    /// <param name="faces">
    /// The triangles, three point indices each, from 0 within a mesh: integers, shape [F, 3], or [B, F, 3] for several
    /// meshes. None by default, which adds a point cloud.
    /// </param>
    /// <param name="scene">Camera, lights and material; TensorBoard's defaults by default.</param>
    /// <param name="wallTime">The time the value was recorded; the current time by default.</param>
    /// <exception cref="ArgumentException">
    /// See <see cref="SummaryWriter.AddMesh{T}(string, ReadOnlySpan{T}, long, ReadOnlySpan{byte}, ReadOnlySpan{int},
    /// int, MeshScene?, DateTimeOffset?)"/>; or a tensor cannot be read or has another shape.
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
                    $"The points have {meshes} meshes; the shape of the faces is {TensorArgument.ShapeText(faces)}.",
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
            $"The shape must be [N, 3] or [B, N, 3]; was {TensorArgument.ShapeText(tensor)}.", argument),
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
