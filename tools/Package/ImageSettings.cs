namespace DataToEvents.Package;

/// <summary>What an image says of itself, read from a file beside the script that builds it.</summary>
/// <param name="Entrypoint">The program and its first arguments.</param>
/// <param name="Cmd">The arguments that a user may replace.</param>
/// <param name="User">Number of the user that the program runs as.</param>
/// <param name="WorkingDir">A folder of the image that belongs to that user, and is a volume.</param>
/// <param name="Port">The port that it listens on.</param>
/// <param name="Health">The command that ends with 0 while the program answers.</param>
internal sealed record ImageSettings(string[] Entrypoint, string[] Cmd, int User, string WorkingDir, int Port, string[] Health)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true };

    /// <exception cref="PackageException">It is not such a file.</exception>
    public static ImageSettings Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ImageSettings>(File.ReadAllText(file), Strict) ?? throw new PackageException($"{file} holds null.");
        }
        catch (JsonException fault)
        {
            throw new PackageException($"{file} does not describe an image: {fault.Message}");
        }
    }
}
