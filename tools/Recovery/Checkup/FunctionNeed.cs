using DataToEvents.Adapters.Formats;
using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Checkup;

/// <summary>Actions on one resource that the role of a function must be allowed, for the function's own calls and for what Lambda does in its name.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Resource">The resource's ARN.</param>
internal sealed record FunctionNeed(string Function, string Resource, IReadOnlyList<string> Actions)
{
    private static readonly string[] Poll = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];

    /// <param name="names">The resources of the path.</param>
    /// <param name="home">The ARN of any function of the path; it has partition, region and account.</param>
    /// <param name="changeStream">The ARN of the store's change stream.</param>
    /// <param name="hasConsumerQueue">Whether a queue is between rule and consumer.</param>
    public static IReadOnlyList<FunctionNeed> Of(ResourceNames names, string home, string changeStream, bool hasConsumerQueue)
    {
        var (partition, place) = home.Split(':') is ["arn", var first, _, var region, var account, ..]
            ? (first, $"{region}:{account}")
            : throw new FormatException($"'{home}' is not an ARN");
        string Queue(string name) => $"arn:{partition}:sqs:{place}:{name}";
        string Table(string name) => $"arn:{partition}:dynamodb:{place}:table/{name}";
        string Bucket(string key = "") => $"arn:{partition}:s3:::{names.Bucket}{key}";
        var (transformer, storer, consumer, api) = (names.Functions[0], names.Functions[1], names.Functions[3], names.Functions[4]);
        return
        [
            new(transformer, Queue(names.Queue), ["sqs:GetQueueAttributes", "sqs:SendMessage"]),
            new(transformer, Bucket($"/{PayloadObject.Prefix}any"), ["s3:PutObject"]),
            new(storer, Queue(names.Queue), Poll),
            new(storer, Queue(names.DeadLetters), ["sqs:SendMessage"]),
            new(storer, Table(names.Table), ["dynamodb:BatchGetItem", "dynamodb:PartiQLInsert"]),
            new(storer, Bucket($"/{QuarantineObject.Prefix}any"), ["s3:PutObject"]),
            // Lambda also asks for ListStreams, for which IAM knows no resource, so that its simulator has no answer for a stream.
            new(names.Emitter, changeStream, ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]),
            new(names.Emitter, $"arn:{partition}:events:{place}:event-bus/{names.Bus}", ["events:DescribeEventBus", "events:PutEvents"]),
            new(names.Emitter, Bucket($"/{Prefixes.OnFailureByLambda}any"), ["s3:PutObject"]),
            new(names.Emitter, Bucket(), ["s3:ListBucket"]),
            new(consumer, Table(names.View), ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]),
            hasConsumerQueue ? new(consumer, Queue(names.ConsumerQueue), Poll) : new(consumer, Queue(names.Of(DeadLettersOf.Rule)), ["sqs:SendMessage"]),
            new(api, Table(names.View), ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]),
            new(api, Bucket($"/{PayloadObject.Prefix}any"), ["s3:GetObject"]),
            new(api, Bucket(), ["s3:ListBucket"]),
        ];
    }
}
