namespace DataToEvents.Benchmarks.Functions;

/// <summary>The arguments that scripts/bench passes.</summary>
/// <param name="Artifacts">Folder of the zips under measurement.</param>
/// <param name="Floor">The executable of benchmarks/Floor.</param>
/// <param name="Output">The file for the figures as JSON.</param>
/// <param name="Base">Folder of the zips to compare with; null: none.</param>
/// <param name="Only">Functions to measure; none: all.</param>
internal sealed record BenchArguments(string Artifacts, string Floor, string Output, string? Base, IReadOnlyList<string> Only)
{
    public const string Usage = "Usage: bench ARTIFACTS-FOLDER FLOOR-EXECUTABLE OUTPUT.json [--base ARTIFACTS-FOLDER] [FUNCTION ...]";

    public static BenchArguments? Parse(string[] args) => args switch
    {
        [var artifacts, var floor, var output, "--base", var with, .. var only] => new(artifacts, floor, output, with, only),
        [var artifacts, var floor, var output, .. var only] => new(artifacts, floor, output, null, only),
        _ => null,
    };

    public bool Wants(Subject subject) => Only.Count == 0 || Only.Any(name => subject.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
