using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Recovery.DeadLetters;
using ResourceNotFoundException = Amazon.DynamoDBv2.Model.ResourceNotFoundException;

namespace DataToEvents.Operator.Verification;

/// <param name="Bucket">Holds lake, payloads, quarantine and what was set aside.</param>
internal sealed record WorldNames(string Bucket, string Table, string View, string DeadLetters, string RuleDeadLetters, string Audit);

/// <summary>Sees the path through AWS's own protocols, on AWS or at a local endpoint.</summary>
/// <param name="s3">The data bucket's service.</param>
/// <param name="dynamo">The tables'.</param>
/// <param name="sqs">The queues'.</param>
/// <param name="names">The names of the resources.</param>
internal sealed class AwsWorld(IAmazonS3 s3, IAmazonDynamoDB dynamo, IAmazonSQS sqs, WorldNames names) : IWorld
{
    private const int MessagesAtOnce = 10;

    /// <summary>Seconds for which a message that was looked at stays hidden: longer than the reading takes.</summary>
    private const int HiddenSeconds = 300;

    /// <summary>A standard queue may answer with nothing although it has messages.</summary>
    private const int EmptyAnswersInARow = 3;

    private readonly Dictionary<WorldQueue, string?> _urls = [];

    public async IAsyncEnumerable<string> KeysAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = names.Bucket, Prefix = prefix }).S3Objects.WithCancellation(cancellationToken))
        {
            yield return found.Key;
        }
    }

    public async Task<byte[]?> ObjectAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(names.Bucket, key, cancellationToken);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes, cancellationToken);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }

    public async IAsyncEnumerable<IReadOnlyDictionary<string, string>> ItemsAsync(
        WorldTable table, string partition, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = Name(table),
            KeyConditionExpression = from is null ? "#pk = :pk" : "#pk = :pk AND #sk >= :sk",
            ExpressionAttributeNames = new() { ["#pk"] = EventItem.PartitionKey },
            ExpressionAttributeValues = new() { [":pk"] = new(partition) },
            ConsistentRead = true,
        };
        if (from is not null)
        {
            request.ExpressionAttributeNames["#sk"] = EventItem.SortKey;
            request.ExpressionAttributeValues[":sk"] = new(from);
        }

        await foreach (var item in dynamo.Paginators.Query(request).Responses.SelectMany(page => page.Items ?? []).WithCancellation(cancellationToken))
        {
            yield return item.Select(pair => (pair.Key, Text: Text(pair.Value))).Where(pair => pair.Text is not null).ToDictionary(pair => pair.Key, pair => pair.Text!);
        }
    }

    public async Task<bool> HasAsync(WorldTable table, CancellationToken cancellationToken)
    {
        try
        {
            await dynamo.DescribeTableAsync(Name(table), cancellationToken);
            return true;
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }
    }

    public async Task<bool> HasAsync(WorldQueue queue, CancellationToken cancellationToken) => await UrlAsync(queue, cancellationToken) is not null;

    public async IAsyncEnumerable<WorldMessage> MessagesAsync(WorldQueue queue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var url = await UrlAsync(queue, cancellationToken) ?? throw new InvalidOperationException($"There is no queue {Name(queue)}.");
        var seen = new HashSet<long>();
        using var handles = new LinesOnDisk();
        for (var empty = 0; empty < EmptyAnswersInARow;)
        {
            var messages = await ReceiveAsync(url, cancellationToken);
            empty = messages.Count > 0 ? 0 : empty + 1;
            foreach (var message in messages.Where(message => seen.Add(EnvelopeDigest.Of(message.MessageId))))
            {
                handles.Add(message.ReceiptHandle);
                yield return new WorldMessage(message.Body, Attribute(message, "MessageGroupId"), long.Parse(Attribute(message, "SentTimestamp") ?? "0", CultureInfo.InvariantCulture));
            }
        }

        await ShowAgainAsync(url, handles.ReadAll(), cancellationToken);
    }

    public async Task<long> DepthAsync(WorldQueue queue, CancellationToken cancellationToken)
    {
        var url = await UrlAsync(queue, cancellationToken) ?? throw new InvalidOperationException($"There is no queue {Name(queue)}.");
        return QueueDepth.Of((await sqs.GetQueueAttributesAsync(url, ["All"], cancellationToken)).Attributes).Total;
    }

    /// <summary>The text of an attribute. A binary value is a compressed envelope, or unreadable.</summary>
    private static string? Text(AttributeValue value) =>
        value.S ?? value.N ?? (value.B is { } compressed ? Encoding.UTF8.GetString(StoredEnvelope.Decompress(compressed) ?? []) : null);

    /// <returns>The messages. It is also empty if SQS shows no more until some are deleted (120,000 in flight).</returns>
    private async Task<List<Message>> ReceiveAsync(string url, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest(url)
        {
            MaxNumberOfMessages = MessagesAtOnce,
            VisibilityTimeout = HiddenSeconds,
            MessageSystemAttributeNames = ["SentTimestamp", "MessageGroupId"],
        };
        try
        {
            return (await sqs.ReceiveMessageAsync(request, cancellationToken)).Messages ?? [];
        }
        catch (OverLimitException)
        {
            return [];
        }
    }

    private static string? Attribute(Message message, string name) => message.Attributes?.GetValueOrDefault(name);

    /// <summary>Makes the messages visible again for others.</summary>
    private async Task ShowAgainAsync(string url, IEnumerable<string> handles, CancellationToken cancellationToken)
    {
        foreach (var chunk in handles.Chunk(MessagesAtOnce))
        {
            var entries = chunk.Select((handle, index) => new ChangeMessageVisibilityBatchRequestEntry(index.ToString(CultureInfo.InvariantCulture), handle) { VisibilityTimeout = 0 });
            await sqs.ChangeMessageVisibilityBatchAsync(url, [.. entries], cancellationToken);
        }
    }

    private async Task<string?> UrlAsync(WorldQueue queue, CancellationToken cancellationToken)
    {
        if (!_urls.TryGetValue(queue, out var url))
        {
            try
            {
                url = (await sqs.GetQueueUrlAsync(Name(queue), cancellationToken)).QueueUrl;
            }
            catch (QueueDoesNotExistException)
            {
                url = null;
            }

            _urls.Add(queue, url);
        }

        return url;
    }

    private string Name(WorldTable table) => table == WorldTable.Store ? names.Table : names.View;

    private string Name(WorldQueue queue) => queue switch
    {
        WorldQueue.DeadLetters => names.DeadLetters,
        WorldQueue.RuleDeadLetters => names.RuleDeadLetters,
        _ => names.Audit,
    };
}
