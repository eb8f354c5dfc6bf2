using System.IO.Compression;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>The contents of the deployment's places, read through the endpoints with Amazon's own clients.</summary>
internal sealed class Observed(string url, string region, Places places) : IDisposable
{
    private static readonly BasicAWSCredentials Driver = new("DRIVER", "no-secret");

    private readonly AmazonS3Client _s3 = new(Driver, new AmazonS3Config { ServiceURL = url, AuthenticationRegion = region, ForcePathStyle = true });
    private readonly AmazonDynamoDBClient _tables = new(Driver, new AmazonDynamoDBConfig { ServiceURL = url, AuthenticationRegion = region });
    private readonly AmazonSQSClient _queues = new(Driver, new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = region });

    public async Task<List<string>> KeysAsync(string prefix)
    {
        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = places.Bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await _s3.ListObjectsV2Async(request);
            keys.AddRange((page.S3Objects ?? []).Select(item => item.Key));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return keys;
    }

    public async Task<byte[]> ObjectAsync(string key)
    {
        using var found = await _s3.GetObjectAsync(places.Bucket, key);
        using var content = new MemoryStream();
        await found.ResponseStream.CopyToAsync(content);
        return content.ToArray();
    }

    /// <summary>The lake's lines.</summary>
    public async Task<List<string>> LakeAsync()
    {
        var lines = new List<string>();
        foreach (var key in await KeysAsync(Places.Lake))
        {
            using var reader = new StreamReader(new GZipStream(new MemoryStream(await ObjectAsync(key)), CompressionMode.Decompress), Encoding.UTF8);
            lines.AddRange((await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines;
    }

    /// <summary>How many items held something compressed.</summary>
    public int Compressed { get; private set; }

    /// <summary>The table's items, each as its attributes' texts.</summary>
    public async Task<List<Dictionary<string, string>>> ItemsAsync(string table)
    {
        var items = new List<Dictionary<string, string>>();
        var request = new ScanRequest(table);
        do
        {
            var page = await _tables.ScanAsync(request);
            items.AddRange(page.Items.Select(item => item.ToDictionary(attribute => attribute.Key, attribute => Text(attribute.Value))));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return items;
    }

    private string Text(AttributeValue value)
    {
        if (value.B is null)
        {
            return value.S ?? value.N;
        }

        Compressed++;
        using var reader = new StreamReader(new GZipStream(value.B, CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Takes all messages out of a queue.</summary>
    public async Task<List<string>> DrainAsync(string queue)
    {
        var bodies = new List<string>();
        var queueUrl = (await _queues.GetQueueUrlAsync(queue)).QueueUrl;
        while ((await _queues.ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl) { MaxNumberOfMessages = 10 })).Messages is { Count: > 0 } messages)
        {
            bodies.AddRange(messages.Select(message => message.Body));
            await _queues.DeleteMessageBatchAsync(queueUrl, [.. messages.Select((message, index) => new DeleteMessageBatchRequestEntry($"{index}", message.ReceiptHandle))]);
        }

        return bodies;
    }

    public void Dispose()
    {
        _s3.Dispose();
        _tables.Dispose();
        _queues.Dispose();
    }
}
