using Amazon.Runtime;

namespace Amazon.DynamoDBStreams.Model;

/// <summary>Asks for a stream's shards, a page at a time.</summary>
public class DescribeStreamRequest : AmazonWebServiceRequest
{
    public string ExclusiveStartShardId { get; set; }

    public int? Limit { get; set; }

    public string StreamArn { get; set; }
}

/// <summary>The stream.</summary>
public class DescribeStreamResponse : AmazonWebServiceResponse
{
    public StreamDescription StreamDescription { get; set; }
}

/// <summary>A stream and a page of its shards.</summary>
public class StreamDescription
{
    /// <summary>Where the next page begins; null on the last page.</summary>
    public string LastEvaluatedShardId { get; set; }

    public List<Shard> Shards { get; set; }

    public string StreamArn { get; set; }
}

/// <summary>A part of a stream.</summary>
public class Shard
{
    public string ParentShardId { get; set; }

    public string ShardId { get; set; }
}
