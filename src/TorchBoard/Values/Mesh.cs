namespace TorchBoard;

/// <summary>A mesh or a point cloud at a step, joined from its parts. Immutable, thread-safe.</summary>
/// <param name="Vertices">The points; shape [batch, count, 3]. Null if the step has none.</param>
/// <param name="Faces">The vertex indices of the triangles; shape [batch, count, 3]. Null if there are none.</param>
/// <param name="Colors">The colors of the points; shape [batch, count, 3]. Null if there are none.</param>
/// <param name="ConfigJson">Camera, lights and material as JSON; empty if there are none.</param>
public sealed record Mesh(TensorValue? Vertices, TensorValue? Faces, TensorValue? Colors, string ConfigJson);
