using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Simulation.World;

/// <summary>
/// A table that takes some time for each call, and cancels a transaction that meets another one on an item (Amazon DynamoDB Developer Guide, "Amazon DynamoDB
/// Transactions: How it works", "Transaction conflict handling").
/// </summary>
internal sealed class MeetingDynamo(TimeProvider clock, TimeSpan call) : AmazonDynamoDBClient(new AnonymousAWSCredentials(), RegionEndpoint.EUNorth1)
{
    private readonly HashSet<string> _stored = [];
    private readonly HashSet<string> _underWay = [];

    public int Transactions { get; private set; }

    public int Cancelled { get; private set; }

    public override async Task<GetItemResponse> GetItemAsync(GetItemRequest request, CancellationToken cancellationToken = default)
    {
        await Task.Delay(call, clock, cancellationToken);
        return new GetItemResponse { Item = _stored.Contains(NameOf(request.Key)) ? request.Key : null };
    }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        Transactions++;
        var items = request.TransactItems.ConvertAll(static write => NameOf(write.Put?.Item ?? write.Update.Key));
        ThrowIfAny(items, _underWay.Contains, "TransactionConflict");
        ThrowIfAny(items, item => _stored.Contains(item) && request.TransactItems[items.IndexOf(item)].Put?.ConditionExpression is not null, "ConditionalCheckFailed");
        _underWay.UnionWith(items);
        try
        {
            await Task.Delay(call, clock, cancellationToken);
            _stored.UnionWith(items);
            return new TransactWriteItemsResponse();
        }
        finally
        {
            _underWay.ExceptWith(items);
        }
    }

    private void ThrowIfAny(List<string> items, Predicate<string> isInTheWay, string code)
    {
        if (items.Exists(isInTheWay))
        {
            Cancelled++;
            throw new TransactionCanceledException(code)
            {
                CancellationReasons = items.ConvertAll(item => new CancellationReason { Code = isInTheWay(item) ? code : "None" }),
            };
        }
    }

    private static string NameOf(Dictionary<string, AttributeValue> key) => $"{key[EventItem.PartitionKey].S}\n{key[EventItem.SortKey].S}";
}
