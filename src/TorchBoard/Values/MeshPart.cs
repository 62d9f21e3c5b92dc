namespace TorchBoard;

/// <summary>One part of a mesh at a step. Immutable, thread-safe.</summary>
/// <param name="Mesh">The name of the mesh to which the part belongs.</param>
/// <param name="Kind">What the part holds.</param>
/// <param name="Data">The numbers; shape [batch, count, 3].</param>
/// <param name="ConfigJson">Camera, lights and material as JSON; empty if there are none.</param>
public sealed record MeshPart(string Mesh, MeshPartKind Kind, TensorValue Data, string ConfigJson);
