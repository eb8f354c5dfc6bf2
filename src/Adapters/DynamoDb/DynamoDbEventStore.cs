using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>
/// The store as a DynamoDB table: one BatchExecuteStatement of PartiQL INSERTs a batch, with an outcome for each item in one
/// round trip (docs/adr/0005). Item attributes are those of <see cref="EventItem"/>.
/// </summary>
/// <param name="dynamo">The client.</param>
/// <param name="options">Which table.</param>
/// <param name="compress">Whether an envelope is stored compressed where that saves a write unit, see <see cref="StoredEnvelope"/>.</param>
public sealed class DynamoDbEventStore(IAmazonDynamoDB dynamo, TableOptions options, bool compress = false) : IEventStore
{
    private readonly InsertStatement _insert = new(options.TableName, compress);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var hashes = batch.Select(item => item.Event.ContentHash()).ToArray();
        var statements = batch.Select((item, i) => _insert.For(item, hashes[i])).ToList();
        var answer = await dynamo.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = statements }, cancellationToken);
        if (answer.Responses?.Count != batch.Count)
        {
            throw new InvalidOperationException($"DynamoDB answered {answer.Responses?.Count ?? 0} of {batch.Count} statements.");
        }

        var outcomes = new AppendOutcome[batch.Count];
        var unseen = new List<int>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var error = answer.Responses[i].Error;
            if (error?.Code != BatchStatementErrorCodeEnum.DuplicateItem)
            {
                outcomes[i] = StatementErrors.Outcome(error, options);
            }
            else if (error.Item is { Count: > 0 } existing)
            {
                outcomes[i] = Compare(existing, hashes[i]);
            }
            else
            {
                unseen.Add(i);
            }
        }

        await CompareUnseenAsync(batch, hashes, unseen, outcomes, cancellationToken);
        return outcomes;
    }

    /// <summary>An answer without the item that stands in the way is legal; it is then read.</summary>
    private async Task CompareUnseenAsync(
        IReadOnlyList<EventToStore> batch, string[] hashes, List<int> unseen, AppendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (unseen.Count == 0)
        {
            return;
        }

        var keys = unseen.Select(i => new ItemKey(batch[i].Event.Stream.Value, batch[i].Event.Id.Value));
        var read = await BatchRead.OnceAsync(dynamo, options.TableName, keys, EventItem.Hash, cancellationToken);
        foreach (var i in unseen)
        {
            outcomes[i] = read.Items.TryGetValue(new ItemKey(batch[i].Event.Stream.Value, batch[i].Event.Id.Value), out var existing)
                ? Compare(existing, hashes[i])
                : new AppendOutcome(AppendKind.Failed, "DynamoDB has an item under its key, but did not give it for comparison");
        }
    }

    private static AppendOutcome Compare(Dictionary<string, AttributeValue> existing, string hash) =>
        new(existing.TryGetValue(EventItem.Hash, out var known) && known.S == hash ? AppendKind.Duplicate : AppendKind.Conflict);
}
