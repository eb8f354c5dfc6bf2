using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>
/// The store as a DynamoDB table: one BatchExecuteStatement of PartiQL INSERTs a batch, with an outcome for each item in one
/// round trip (docs/adr/0005). Item attributes are those of <see cref="EventItem"/>.
/// </summary>
/// <param name="dynamo">The client, see <see cref="SdkSettings"/>.</param>
/// <param name="options">Which table.</param>
/// <param name="compress">Whether an envelope is stored compressed where that saves a write unit, see <see cref="StoredEnvelope"/>.</param>
public sealed class DynamoDbEventStore(IAmazonDynamoDB dynamo, DynamoDbOptions options, bool compress = false) : IEventStore
{
    private readonly InsertStatement _insert = new(options.TableName, compress);

    /// <summary>Call it at the start. It reads an item that does not exist, because the table's control plane may be down while its data plane works.</summary>
    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public async Task EnsureTableExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExistingAsync([PrimaryKey.Nobodys], cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == nameof(ResourceNotFoundException))
        {
            throw new InvalidOperationException($"There is no table {options.TableName} ({options.Variable}).", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await InsertAsync(batch, cancellationToken);
        }
        catch (AmazonServiceException fault) when (ServiceErrors.IsRefusal(fault))
        {
            return [.. batch.Select(_ => new AppendOutcome(AppendKind.Refused, $"DynamoDB: {fault.Message}"))];
        }
    }

    private async Task<AppendOutcome[]> InsertAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var hashes = batch.Select(item => item.Event.ContentHash()).ToArray();
        var statements = batch.Select((item, i) => _insert.For(item, hashes[i])).ToList();
        var answer = await dynamo.BatchExecuteStatementAsync(new BatchExecuteStatementRequest { Statements = statements }, cancellationToken).WithCodeAsync();
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
                outcomes[i] = Compare(existing, batch[i].Event);
            }
            else
            {
                unseen.Add(i);
            }
        }

        if (unseen.Count > 0)
        {
            await CompareUnseenAsync(batch, unseen, outcomes, cancellationToken);
        }

        return outcomes;
    }

    /// <summary>DynamoDB may report a duplicate without the existing item; that item is then read.</summary>
    private async Task CompareUnseenAsync(
        IReadOnlyList<EventToStore> batch, List<int> unseen, AppendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var keys = unseen.ConvertAll(i => new PrimaryKey(batch[i].Event.Stream.Value, batch[i].Event.Key));
        var items = (await ExistingAsync([.. keys.Distinct()], cancellationToken)).Items;
        for (var i = 0; i < unseen.Count; i++)
        {
            outcomes[unseen[i]] = items.TryGetValue(keys[i], out var existing)
                ? Compare(existing, batch[unseen[i]].Event)
                : new AppendOutcome(AppendKind.Failed, "DynamoDB has an item under its key, but did not give it for comparison");
        }
    }

    private Task<BatchRead> ExistingAsync(PrimaryKey[] keys, CancellationToken cancellationToken) =>
        BatchRead.OnceAsync(dynamo, options.TableName, keys, EventItem.Hash, cancellationToken);

    private static AppendOutcome Compare(Dictionary<string, AttributeValue> existing, DataEvent received) =>
        new(received.HasContentHash(existing.GetValueOrDefault(EventItem.Hash)?.S) ? AppendKind.Duplicate : AppendKind.Conflict);
}
