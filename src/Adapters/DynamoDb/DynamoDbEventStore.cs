using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>
/// The store as a DynamoDB table: one BatchExecuteStatement of PartiQL INSERTs a batch, with an outcome for each item in one
/// round trip (docs/adr/0005). Item attributes are those of <see cref="EventItem"/>.
/// </summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="options">Which table.</param>
/// <param name="compress">Whether an envelope is stored compressed where that saves a write unit, see <see cref="StoredEnvelope"/>.</param>
public sealed class DynamoDbEventStore(AmazonDynamoDBConfig config, TableOptions options, bool compress = false) : IEventStore
{
    // Keys, names and punctuation of an item, and the quotes in its envelope that JSON escapes.
    private const int BytesAroundEnvelope = 1_024;

    private readonly JsonCalls _calls = DynamoDbCalls.Open(config);
    private readonly InsertStatement _insert = new(options.TableName, compress);

    /// <summary>To be called at start-up. It reads an item that is not there: what manages tables may be down while what writes to them is up.</summary>
    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public async Task EnsureTableExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StandingAsync([ItemKey.Nobodys], cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == nameof(ResourceNotFoundException))
        {
            throw new InvalidOperationException($"There is no table {options.TableName} ({options.Variable}).", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(IReadOnlyList<EventToStore> batch, CancellationToken cancellationToken)
    {
        var hashes = batch.Select(item => item.Event.ContentHash()).ToArray();
        var answers = await InsertAsync(batch, hashes, cancellationToken);
        if (answers.Count != batch.Count)
        {
            throw new InvalidOperationException($"DynamoDB answered {answers.Count} of {batch.Count} statements.");
        }

        var outcomes = new AppendOutcome[batch.Count];
        var unseen = new List<int>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var answer = answers[i];
            if (answer.Code != StatementErrors.Duplicate)
            {
                outcomes[i] = StatementErrors.Outcome(answer, options);
            }
            else if (answer.HasItem)
            {
                outcomes[i] = Compare(answer.Hash, batch[i].Event);
            }
            else
            {
                unseen.Add(i);
            }
        }

        await CompareUnseenAsync(batch, unseen, outcomes, cancellationToken);
        return outcomes;
    }

    private async Task<List<StatementAnswer>> InsertAsync(IReadOnlyList<EventToStore> batch, string[] hashes, CancellationToken cancellationToken)
    {
        using var answer = await _calls.CallAsync(
            "BatchExecuteStatement",
            batch.Sum(item => item.Event.Envelope.Length + BytesAroundEnvelope),
            json =>
            {
                json.WriteStartArray("Statements"u8);
                for (var i = 0; i < batch.Count; i++)
                {
                    _insert.Write(batch[i], hashes[i], json);
                }

                json.WriteEndArray();
            },
            cancellationToken);
        return BatchAnswer.Read(answer.Written.Span);
    }

    /// <summary>An answer without the item that stands in the way is legal; it is then read.</summary>
    private async Task CompareUnseenAsync(
        IReadOnlyList<EventToStore> batch, List<int> unseen, AppendOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (unseen.Count == 0)
        {
            return;
        }

        var keys = unseen.Select(i => new ItemKey(batch[i].Event.Stream.Value, batch[i].Event.Id.Value)).Distinct();
        var standing = (await StandingAsync([.. keys], cancellationToken)).Items;
        foreach (var i in unseen)
        {
            outcomes[i] = standing.TryGetValue(new ItemKey(batch[i].Event.Stream.Value, batch[i].Event.Id.Value), out var existing)
                ? Compare(existing.TextOrNone(EventItem.Hash), batch[i].Event)
                : new AppendOutcome(AppendKind.Failed, "DynamoDB has an item under its key, but did not give it for comparison");
        }
    }

    private Task<BatchRead> StandingAsync(ItemKey[] keys, CancellationToken cancellationToken) =>
        BatchRead.OnceAsync(_calls, options.TableName, keys, EventItem.Hash, cancellationToken);

    private static AppendOutcome Compare(string? existing, DataEvent sent) => new(sent.HasContent(existing) ? AppendKind.Duplicate : AppendKind.Conflict);
}
