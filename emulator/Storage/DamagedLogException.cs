namespace DataToEvents.Emulator.Storage;

/// <summary>The redo log lacks changes that were durable. Applying the rest would lose them without a word, so the start fails.</summary>
/// <param name="path">The path of the log's file.</param>
/// <param name="problem">The damage, as the rest of a sentence.</param>
public sealed class DamagedLogException(string path, string problem) : IOException($"The redo log {path} {problem}");
