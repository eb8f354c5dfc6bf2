namespace DataToEvents.Recovery.Targets;

/// <summary>Where the services are if no option says it: the folder's own data directory, else what the environment names.</summary>
/// <param name="folder">Where the command was typed.</param>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class TargetDefaults(string folder, Func<string, string?> environment)
{
    private const string DataFolder = ".data";

    /// <summary>The three ways to say it.</summary>
    public const string Ways =
        "--data DIR (the data directory of `make run`), --endpoint-url URL (a running host), or for AWS --bucket NAME with a region and credentials (--region or AWS_REGION, AWS_PROFILE)";

    private static readonly string[] AwsVariables = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"];

    /// <returns>A data directory, or an endpoint, or neither for AWS.</returns>
    /// <exception cref="UserErrorException">There is nothing to go by.</exception>
    public (DirectoryInfo? Data, Uri? Endpoint) Find()
    {
        var data = new DirectoryInfo(Path.Combine(folder, DataFolder));
        if (DataDirectory.HasData(data) || HostFile.FindRunning(data) is not null)
        {
            return (data, null);
        }

        if (environment("AWS_ENDPOINT_URL") is { Length: > 0 } url)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) ? (null, endpoint) : throw new UserErrorException($"AWS_ENDPOINT_URL is '{url}'; allowed: an absolute http or https URL.");
        }

        return Array.Exists(AwsVariables, name => !string.IsNullOrEmpty(environment(name)))
            ? (null, null)
            : throw new UserErrorException($"where the path is was not said, and {data.FullName} is not a data directory; allowed: {Ways}.");
    }
}
