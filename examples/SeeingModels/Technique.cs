using TorchBoard;

namespace SeeingModels;

/// <summary>One way to look into a model.</summary>
/// <param name="Name">The first part of its tags, and its name on the command line.</param>
/// <param name="Description">What it shows, in a few words.</param>
/// <param name="Dashboards">Where TensorBoard shows it.</param>
/// <param name="Show">Writes it to a run.</param>
internal sealed record Technique(
    string Name, string Description, string Dashboards, Action<SummaryWriter, Subjects> Show);
