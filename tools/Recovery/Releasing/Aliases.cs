using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace DataToEvents.Recovery.Releasing;

/// <summary>Reads and moves the alias live of a function, which everything calls.</summary>
internal sealed class Aliases(IAmazonLambda lambda)
{
    private const string Live = "live";

    /// <summary>Takes all weights away. With an empty list of weights instead, the alias might keep that list, which Terraform would show as a change.</summary>
    private static readonly AliasRoutingConfiguration OneVersion = new();

    /// <exception cref="UserErrorException">There is no such function, or it has no alias.</exception>
    public async Task<LiveVersion> ReadAsync(string function, CancellationToken cancellationToken)
    {
        var alias = await AliasAsync(function, cancellationToken);
        var versions = await VersionsAsync(function, cancellationToken);
        var numbers = versions.Select(static version => int.TryParse(version.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(static number => number > 0).Order().ToList();
        var live = int.Parse(alias.FunctionVersion, NumberStyles.None, CultureInfo.InvariantCulture);
        var configuration = versions.Find(version => version.Version == alias.FunctionVersion);
        return new LiveVersion(function, alias.FunctionVersion, Text(numbers.Max()), alias.RevisionId)
        {
            Canary = alias.RoutingConfig?.AdditionalVersionWeights is { Count: > 0 } weights ? (weights.First().Key, weights.First().Value) : null,
            Published = DateTimeOffset.TryParse(configuration?.LastModified, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            Description = configuration?.Description ?? "",
            CodeHash = configuration?.CodeSha256,
            Arn = configuration?.FunctionArn,
            Role = configuration?.Role,
            Timeout = configuration?.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Before = ReleaseNote.Parse(alias.Description) is { } note && note.Live == live && numbers.Contains(note.Before)
                ? Text(note.Before)
                : numbers.FindLast(number => number < live) is > 0 and var earlier ? Text(earlier) : null,
        };
    }

    /// <summary>Gives a version a part of the invocations.</summary>
    /// <param name="live">The function.</param>
    /// <param name="version">The version.</param>
    /// <param name="share">0.1 is every tenth invocation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The function as it is then.</returns>
    public async Task<LiveVersion> ShareAsync(LiveVersion live, string version, double share, CancellationToken cancellationToken)
    {
        var response = await lambda.UpdateAliasAsync(
            new UpdateAliasRequest { FunctionName = live.Function, Name = Live, RevisionId = live.RevisionId, RoutingConfig = new AliasRoutingConfiguration { AdditionalVersionWeights = new() { [version] = share } } },
            cancellationToken);
        return live with { RevisionId = response.RevisionId, Canary = (version, share) };
    }

    /// <summary>All invocations go to the live version again, whoever changed the alias meanwhile.</summary>
    public Task WithdrawAsync(string function, CancellationToken cancellationToken) =>
        lambda.UpdateAliasAsync(new UpdateAliasRequest { FunctionName = function, Name = Live, RoutingConfig = OneVersion }, cancellationToken);

    /// <summary>All invocations go to that version.</summary>
    /// <param name="live">The function.</param>
    /// <param name="version">The version.</param>
    /// <param name="description">What the alias says of itself from then on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task MakeLiveAsync(LiveVersion live, string version, string description, CancellationToken cancellationToken) => lambda.UpdateAliasAsync(
        new UpdateAliasRequest
        {
            FunctionName = live.Function,
            Name = Live,
            FunctionVersion = version,
            RevisionId = live.RevisionId,
            Description = description,
            RoutingConfig = OneVersion,
        },
        cancellationToken);

    private async Task<GetAliasResponse> AliasAsync(string function, CancellationToken cancellationToken)
    {
        try
        {
            return await lambda.GetAliasAsync(new GetAliasRequest { FunctionName = function, Name = Live }, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            throw new UserErrorException($"there is no function {function} with an alias {Live}; allowed: what Terraform deployed (--table NAME for another name than data-events). A local host has one version of each function.");
        }
    }

    private async Task<List<FunctionConfiguration>> VersionsAsync(string function, CancellationToken cancellationToken)
    {
        var versions = new List<FunctionConfiguration>();
        string? marker = null;
        do
        {
            var page = await lambda.ListVersionsByFunctionAsync(new ListVersionsByFunctionRequest { FunctionName = function, Marker = marker }, cancellationToken);
            versions.AddRange(page.Versions ?? []);
            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
        return versions;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
