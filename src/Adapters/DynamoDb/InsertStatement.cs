using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>PartiQL INSERT: unlike a put it fails with DuplicateItem where an item has the key already.</summary>
internal sealed class InsertStatement(string tableName)
{
    private static readonly string[] Always =
        [EventItem.PartitionKey, EventItem.SortKey, EventItem.Sequence, EventItem.Type, EventItem.Time, EventItem.Hash, EventItem.Envelope];

    private readonly string _plain = Text(tableName, []);
    private readonly string _traced = Text(tableName, [EventItem.Trace]);
    private readonly string _expiring = Text(tableName, [EventItem.ExpiresAt]);
    private readonly string _tracedAndExpiring = Text(tableName, [EventItem.Trace, EventItem.ExpiresAt]);

    public BatchStatementRequest For(EventToStore item, string hash)
    {
        var stored = item.Event;
        List<AttributeValue> parameters =
        [
            new(stored.Stream.Value),
            new(stored.Id.Value),
            new(item.Sequence),
            new(stored.Type),
            new(stored.Time),
            new(hash),
            new(Encoding.UTF8.GetString(stored.Envelope.Span)),
        ];
        if (stored.TraceParent is { } trace)
        {
            parameters.Add(new AttributeValue(trace));
        }

        if (item.ExpiresAt is { } expiry)
        {
            parameters.Add(new AttributeValue { N = expiry.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) });
        }

        return new BatchStatementRequest
        {
            Statement = TextFor(stored.TraceParent is not null, item.ExpiresAt is not null),
            Parameters = parameters,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    private string TextFor(bool traced, bool expiring) => (traced, expiring) switch
    {
        (false, false) => _plain,
        (true, false) => _traced,
        (false, true) => _expiring,
        (true, true) => _tracedAndExpiring,
    };

    private static string Text(string tableName, string[] optional)
    {
        var members = Always.Concat(optional).Select(name => $"'{name}': ?");
        return $"INSERT INTO \"{tableName}\" VALUE {{{string.Join(", ", members)}}}";
    }
}
