using TorchBoard;

namespace SeeingModels;

/// <summary>A technique to interpret a model.</summary>
/// <param name="Name">The first part of its tags, and its name on the command line.</param>
/// <param name="Description">A short description.</param>
/// <param name="Dashboards">The dashboards that show it.</param>
/// <param name="Show">Writes the results to a run.</param>
internal sealed record Technique(
    string Name, string Description, string Dashboards, Action<SummaryWriter, Subjects> Show);
