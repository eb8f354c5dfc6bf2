using Amazon.Runtime;

namespace Amazon.DynamoDBStreams.Model;

/// <summary>Asks for the records from a place on.</summary>
public class GetRecordsRequest : AmazonWebServiceRequest
{
    public int? Limit { get; set; }

    public string ShardIterator { get; set; }
}

/// <summary>Records, and the place behind them; none when the shard is closed and read to its end.</summary>
public class GetRecordsResponse : AmazonWebServiceResponse
{
    public string NextShardIterator { get; set; }

    public List<Record> Records { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>A change of one item.</summary>
public class Record
{
    public StreamRecord Dynamodb { get; set; }

    public string EventID { get; set; }

    public OperationType EventName { get; set; }

    public Identity UserIdentity { get; set; }
}

/// <summary>The item before and after.</summary>
public class StreamRecord
{
    public Dictionary<string, AttributeValue> Keys { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, AttributeValue> NewImage { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public Dictionary<string, AttributeValue> OldImage { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    public string SequenceNumber { get; set; }
}

/// <summary>Who changed it, when it was a service.</summary>
public class Identity
{
    public string PrincipalId { get; set; }

    public string Type { get; set; }
}

/// <summary>An attribute's value; of the types, those that our items have.</summary>
public class AttributeValue
{
    public MemoryStream B { get; set; }

    public string N { get; set; }

    public string S { get; set; }
}
