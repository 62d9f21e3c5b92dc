namespace TorchBoard;

/// <summary>A mesh or a cloud of points at a step, joined of the parts that name it. Immutable, thread-safe.</summary>
/// <param name="Vertices">The points, of shape batch × count × 3; null where the step has none.</param>
/// <param name="Faces">The triangles' vertex indices, of shape batch × count × 3; null where there are none.</param>
/// <param name="Colors">The points' colors, of shape batch × count × 3; null where there are none.</param>
/// <param name="ConfigJson">Camera, lights and material as JSON; empty where there are none.</param>
public sealed record Mesh(TensorValue? Vertices, TensorValue? Faces, TensorValue? Colors, string ConfigJson);
