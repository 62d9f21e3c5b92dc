namespace TorchBoard;

/// <summary>One part of a mesh at a step. Immutable, thread-safe.</summary>
/// <param name="Mesh">The name of the mesh that the part belongs to.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Data">The numbers, of shape batch × count × 3.</param>
/// <param name="ConfigJson">Camera, lights and material as JSON; empty where there are none.</param>
public sealed record MeshPart(string Mesh, MeshPartKind Kind, TensorValue Data, string ConfigJson);
