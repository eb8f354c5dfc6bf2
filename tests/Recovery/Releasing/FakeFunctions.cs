using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;

namespace DataToEvents.Recovery.Tests.Releasing;

/// <summary>Functions with versions and an alias, and the calls that change them.</summary>
internal sealed class FakeFunctions() : AmazonLambdaClient(new BasicAWSCredentials("any", "any"), new AmazonLambdaConfig { ServiceURL = "http://127.0.0.1:1" })
{
    private readonly Dictionary<string, FunctionWithVersions> _functions = [];

    /// <summary>The changes, each as one line.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>Says whether Lambda refuses a change.</summary>
    public Func<UpdateAliasRequest, bool> Refuses { get; set; } = _ => false;

    public FunctionWithVersions this[string name] => _functions[name];

    public FakeFunctions Add(string name, string live, params string[] versions)
    {
        _functions.Add(name, new FunctionWithVersions(live, [.. versions.Select(version => new FunctionConfiguration { Version = version, LastModified = "2026-11-30T10:00:00.000+0000" })]));
        return this;
    }

    public override Task<GetAliasResponse> GetAliasAsync(GetAliasRequest request, CancellationToken cancellationToken = default) => _functions.TryGetValue(request.FunctionName, out var function)
        ? Task.FromResult(new GetAliasResponse
        {
            FunctionVersion = function.Live,
            Description = function.Description,
            RevisionId = $"{function.Revision}",
            RoutingConfig = new AliasRoutingConfiguration { AdditionalVersionWeights = function.Weights },
        })
        : throw new ResourceNotFoundException("no such function");

    /// <summary>Two versions a page, so that a reader has to turn it.</summary>
    public override Task<ListVersionsByFunctionResponse> ListVersionsByFunctionAsync(ListVersionsByFunctionRequest request, CancellationToken cancellationToken = default)
    {
        var all = _functions[request.FunctionName].Versions;
        var from = int.Parse(request.Marker ?? "0", CultureInfo.InvariantCulture);
        return Task.FromResult(new ListVersionsByFunctionResponse { Versions = [.. all.Skip(from).Take(2)], NextMarker = from + 2 < all.Count ? $"{from + 2}" : null });
    }

    public override Task<UpdateAliasResponse> UpdateAliasAsync(UpdateAliasRequest request, CancellationToken cancellationToken = default)
    {
        var function = _functions[request.FunctionName];
        if (Refuses(request))
        {
            throw new AmazonLambdaException($"{request.FunctionName} stays as it is");
        }

        if (request.RevisionId is { } revision && revision != $"{function.Revision}")
        {
            throw new PreconditionFailedException("The RevisionId provided does not match the latest one");
        }

        function.Live = request.FunctionVersion ?? function.Live;
        function.Description = request.Description ?? function.Description;
        function.Weights = request.RoutingConfig is { } routing ? routing.AdditionalVersionWeights ?? [] : function.Weights;
        function.Revision++;
        Changes.Add($"{request.FunctionName} {function.Live}{string.Concat(function.Weights.Select(weight => FormattableString.Invariant($" {weight.Key}:{weight.Value}")))}");
        return Task.FromResult(new UpdateAliasResponse { RevisionId = $"{function.Revision}" });
    }
}

internal sealed record FunctionWithVersions(string First, List<FunctionConfiguration> Versions)
{
    public string Live { get; set; } = First;

    public string Description { get; set; } = "What everything calls";

    public Dictionary<string, double> Weights { get; set; } = [];

    public int Revision { get; set; }
}
