using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace DataToEvents.Recovery.Pausing;

/// <summary>Disables and enables the event source mapping between a queue or a table's stream and its function.</summary>
internal sealed class MappingSwitch(IAmazonLambda lambda, EventSourceMappingConfiguration mapping, string meanwhile) : IHopSwitch
{
    /// <summary>The state in which nothing more is received. Before it comes Disabling, which counts as paused as well.</summary>
    private const string Disabled = "Disabled";

    private const string Disabling = "Disabling";

    public string What => $"the mapping {mapping.UUID} from {NameOf(mapping.EventSourceArn)} to {NameOf(mapping.FunctionArn)}";

    public string Meanwhile => meanwhile;

    /// <param name="lambda">The service.</param>
    /// <param name="sourceArn">The ARN of the queue or of the stream.</param>
    /// <param name="functions">Ends of the names that the path's own function may have, for a source that others read too.</param>
    /// <param name="meanwhile">What happens to events while it is disabled.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when no function is mapped to the source.</returns>
    /// <exception cref="UserErrorException">Several functions are mapped to it, and none has the name of the path's own.</exception>
    public static async Task<MappingSwitch?> FindAsync(IAmazonLambda lambda, string sourceArn, string[] functions, string meanwhile, CancellationToken cancellationToken)
    {
        var mappings = (await lambda.ListEventSourceMappingsAsync(new ListEventSourceMappingsRequest { EventSourceArn = sourceArn }, cancellationToken)).EventSourceMappings ?? [];
        var own = mappings.Where(mapping => functions.Any(end => NameOf(mapping.FunctionArn).EndsWith(end, StringComparison.Ordinal))).ToList();
        return (own.Count > 0 ? own : mappings) switch
        {
            [] => null,
            [var one] => new MappingSwitch(lambda, one, meanwhile),
            var several => throw new UserErrorException($"{NameOf(sourceArn)} is mapped to several functions: {string.Join(", ", several.Select(static mapping => NameOf(mapping.FunctionArn)))}; disable the right mapping with `aws lambda update-event-source-mapping`."),
        };
    }

    public Task<bool> IsPausedAsync(CancellationToken cancellationToken) => Task.FromResult(mapping.State is Disabled or Disabling);

    public async Task<string?> PauseAsync(CancellationToken cancellationToken)
    {
        await EnableAsync(false, cancellationToken);
        return null;
    }

    public Task ResumeAsync(int? reserved, CancellationToken cancellationToken) => EnableAsync(true, cancellationToken);

    private static string NameOf(string arn) => arn.Split(':') switch
    {
        [_, _, "dynamodb", _, _, var table, ..] => table.Split('/')[1],
        [_, _, "lambda", _, _, _, var function, ..] => function,
        var parts => parts[^1],
    };

    private Task<UpdateEventSourceMappingResponse> EnableAsync(bool isEnabled, CancellationToken cancellationToken) =>
        lambda.UpdateEventSourceMappingAsync(new UpdateEventSourceMappingRequest { UUID = mapping.UUID, Enabled = isEnabled }, cancellationToken);
}
