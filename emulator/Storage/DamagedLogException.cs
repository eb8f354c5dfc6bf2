namespace DataToEvents.Emulator.Storage;

/// <summary>The redo log lacks what was once durable in it: applying the rest would lose that silently.</summary>
/// <param name="path">Of the log's file.</param>
/// <param name="problem">What is wrong with it, as the rest of a sentence.</param>
public sealed class DamagedLogException(string path, string problem) : IOException($"The redo log {path} {problem}");
