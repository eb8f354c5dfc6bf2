using Amazon.SQS.Model;

namespace DataToEvents.Recovery.Pausing;

/// <summary>Finds how each hop of a target is paused.</summary>
internal sealed class HopSwitches(PathServices services)
{
    private static readonly string[] StorerFunctions = ["event-storer", "EventStorer"];
    private static readonly string[] EmitterFunctions = ["integration-event-emitter", "IntegrationEventEmitter"];
    private static readonly string[] ConsumerFunctions = ["event-responder", "EventResponder"];

    /// <exception cref="UserErrorException">The hop cannot be paused, or is not there.</exception>
    public async Task<IHopSwitch> FindAsync(PausableHop hop, CancellationToken cancellationToken) => hop switch
    {
        PausableHop.Transformer => throw new UserErrorException(
            "the transformer cannot be paused: a delivery stream cannot be stopped, and records keep flowing to lake and queue; allowed: pause storer, and events wait in the queue."),
        PausableHop.Storer => await QueueAsync(
            services.Names.Queue, StorerFunctions, $"Events wait in {services.Names.Queue}, for as long as it keeps them (queue.retention_days, 14).", cancellationToken),
        PausableHop.Emitter => await StreamAsync(cancellationToken),
        PausableHop.Consumer => await ConsumerAsync(cancellationToken),
        _ => new ConcurrencySwitch(services.Lambda, services.ApiFunction, "Callers get an error (5xx). The API only reads: no event is in danger."),
    } ?? throw new UserErrorException($"no function takes what comes to the {hop.ToString().ToLowerInvariant()} at {services.Where}: there is nothing to pause. Allowed: a target where the path runs.");

    private async Task<IHopSwitch?> QueueAsync(string queue, string[] functions, string meanwhile, CancellationToken cancellationToken)
    {
        var url = (await services.Sqs.GetQueueUrlAsync(queue, cancellationToken)).QueueUrl;
        var arn = (await services.Sqs.GetQueueAttributesAsync(url, ["QueueArn"], cancellationToken)).QueueARN;
        return await MappingSwitch.FindAsync(services.Lambda, arn, functions, meanwhile, cancellationToken);
    }

    private async Task<IHopSwitch?> StreamAsync(CancellationToken cancellationToken)
    {
        var table = await services.Table.DescribeAsync(cancellationToken);
        return string.IsNullOrEmpty(table.LatestStreamArn) ? null : await MappingSwitch.FindAsync(
            services.Lambda, table.LatestStreamArn, EmitterFunctions,
            "Changes wait in the table's stream, for 24 hours. What is older when it goes on is not published: `operator replay --source store` brings it to consumers that take replays.", cancellationToken);
    }

    /// <summary>
    /// With a queue of its own the consumer's mapping is disabled. Without one its function is throttled: a rule that is disabled instead would not match, and what comes
    /// meanwhile would not reach the consumer at all.
    /// </summary>
    private async Task<IHopSwitch?> ConsumerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await QueueAsync(services.Names.ConsumerQueue, ConsumerFunctions, $"Events wait in {services.Names.ConsumerQueue}, for 14 days.", cancellationToken);
        }
        catch (QueueDoesNotExistException)
        {
            return new ConcurrencySwitch(
                services.Lambda, services.ConsumerFunction,
                $"Events wait for it (on AWS for up to six hours, at a local host for about a minute), and lie in {services.Names.RuleDeadLetters} then: `operator dead-letters redrive rule` brings them back.");
        }
    }
}
