using Amazon.Runtime;

namespace Amazon.DynamoDBStreams.Model;

/// <summary>Asks for a place in a shard.</summary>
public class GetShardIteratorRequest : AmazonWebServiceRequest
{
    public string SequenceNumber { get; set; }

    public string ShardId { get; set; }

    public ShardIteratorType ShardIteratorType { get; set; }

    public string StreamArn { get; set; }
}

/// <summary>The place.</summary>
public class GetShardIteratorResponse : AmazonWebServiceResponse
{
    public string ShardIterator { get; set; }
}
