namespace DataToEvents.Package;

/// <summary>Reads which packages a function is built from, out of what NuGet restored for it (<c>project.assets.json</c>).</summary>
internal static class PackageList
{
    private const string StandIns = "/standins/";

    /// <summary>A line each, sorted: the id, then the version, or <c>stand-in</c> for a project of ours that stands in for the package.</summary>
    /// <param name="assets">The text of project.assets.json.</param>
    /// <param name="runtime">Which runtime the function was published for, such as linux-x64.</param>
    /// <exception cref="PackageException">Nothing was restored for it.</exception>
    public static IReadOnlyList<string> Of(string assets, string runtime)
    {
        using var json = JsonDocument.Parse(assets);
        var target = json.RootElement.GetProperty("targets").EnumerateObject().FirstOrDefault(target => target.Name.EndsWith($"/{runtime}", StringComparison.Ordinal));
        if (target.Value.ValueKind != JsonValueKind.Object)
        {
            throw new PackageException($"Nothing was restored for {runtime}: publish the function for it first.");
        }

        var libraries = json.RootElement.GetProperty("libraries");
        return [.. target.Value.EnumerateObject().Select(library => Line(library, libraries.GetProperty(library.Name))).OfType<string>().Order(StringComparer.Ordinal)];
    }

    private static string? Line(JsonProperty library, JsonElement description)
    {
        var (id, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : (library.Name, "");
        if (description.GetProperty("type").GetString() == "project")
        {
            return description.GetProperty("path").GetString()!.Contains(StandIns, StringComparison.Ordinal) ? $"{id} stand-in" : null;
        }

        return HasCode(library.Value) ? $"{id} {version}" : null;
    }

    /// <summary>A package that only takes part in the build, such as the AOT compiler, has none.</summary>
    private static bool HasCode(JsonElement library) =>
        library.TryGetProperty("runtime", out var files) && files.EnumerateObject().Any(file => file.Name.EndsWith(".dll", StringComparison.Ordinal));
}
