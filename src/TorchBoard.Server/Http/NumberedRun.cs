using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>A run and the number by which the page asks for it.</summary>
internal readonly record struct NumberedRun(int Id, IndexedRun Run);
