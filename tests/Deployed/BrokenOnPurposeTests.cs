using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests;

/// <summary>A deployment that is broken in one place must fail its run. If a broken one passed, the run would prove nothing.</summary>
[Collection(nameof(DeployedWiring))]
public sealed class BrokenOnPurposeTests(DeployedWiring wiring)
{
    [DeployedTheory]
    [InlineData("a filter that wants only removals", "in the bus, * payloads missing")]
    [InlineData("no partial batch responses from an EventStorer that may not set aside", "data-events-dlq.fifo should hold the message that is no event, and holds 0")]
    [InlineData("no partial batch responses from the emitter", "aws/lambda/ should hold the change that cannot be published, and holds 0")]
    [InlineData("a Transformer that may not send", "in the lake, * payloads missing")]
    [InlineData("an EventStorer that may not store", "in the table, * payloads missing")]
    [InlineData("an EventStorer that may not poll", "not authorized to perform: sqs:ReceiveMessage")]
    [InlineData("a consumer that may not write its view", "the API tells of")]
    [InlineData("a rule that may not invoke", "data-events-rule-dlq should hold the event that the consumer cannot read, and holds")]
    [InlineData("an API that may not invoke", "the API tells of")]
    [InlineData("a queue that calls the newest code and not the alias", "data-events-event-storer is called without its alias")]
    [InlineData("a delivery stream that calls the newest code and not the alias", "data-events-transformer is called without its alias")]
    [InlineData("a function without an alias", "data-events-integration-event-emitter has no alias live")]
    [InlineData("an alias of what is not published", "is $LATEST, which changes while it is live")]
    [InlineData("a canary that compresses", "items are compressed, and COMPRESS_ENVELOPES is off")]
    [InlineData("a canary without a table's name", "TABLE_NAME")]
    [InlineData("an inline limit above the bus's", "INLINE_LIMIT")]
    [InlineData("a bus that is not there", "data-events-integration-event-emitter did not start")]
    [InlineData("no table's name", "TABLE_NAME")]
    [InlineData("no dead-letter queue behind the consumer", "has no dead-letter queue")]
    [InlineData("a prefix with a slip", "objects lie where nobody looks")]
    [InlineData("a visibility timeout shorter than the function's", "Queue visibility timeout: 10 seconds is less than Function timeout: 30 seconds")]
    [InlineData("deduplication by queue", "DeduplicationScope = queue")]
    [InlineData("a rule for another detail-type", "the API tells of")]
    [InlineData("an API open to everybody", "answers a request without a signature with 200")]
    [InlineData("a key that the bus may not use", "EventBridge may not use the key of data-events-bus")]
    [InlineData("a key that the bus may not use for queues", "the rule data-inserted may not send to")]
    [InlineData("a key without its account", "because the key's policy does not allow it")]
    [InlineData("a Transformer that may not use the key", "in the lake, * payloads missing")]
    [InlineData("a bus that may not send to its dead-letter queue", "The bus data-events-bus may not send to data-events-bus-dlq")]
    [InlineData("a bus's dead-letter queue under the bus's key", "data-events-bus-dlq has the key of data-events-bus")]
    [InlineData("an ingest route open to everybody", "POST /ingest is open to everybody")]
    [InlineData("an ingest route into another stream", "POST /ingest puts records into data-events-streams")]
    [InlineData("an ingest role that may not put records", "not authorized to perform: firehose:PutRecord")]
    [InlineData("a consumer's queue that the rule may not send to", "data-events-rule-dlq should hold the event that the consumer cannot read, and holds")]
    [InlineData("no partial batch responses from the consumer's queue", "data-events-rule-dlq should hold the event that the consumer cannot read, and holds")]
    [InlineData("a consumer that may not receive from its queue", "not authorized to perform: sqs:ReceiveMessage")]
    public async Task The_run_fails_and_says_what_does_not_hold(string mutation, string broken) =>
        (await wiring.Trials.Broken(mutation)).Should().ContainMatch($"*{broken}*");

    [DeployedFact]
    public void Each_way_to_break_it_is_expected_to_be_found() => wiring.Trials.Mutations.Should().HaveCount(FoundHere);

    private static int FoundHere => typeof(BrokenOnPurposeTests).GetMethod(nameof(The_run_fails_and_says_what_does_not_hold))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length;
}
