using Amazon.Runtime;

namespace Amazon.KinesisFirehose.Model;

/// <summary>A record's bytes, up to 1,000 KiB.</summary>
public class Record
{
    public MemoryStream Data { get; set; }
}

/// <summary>One record for a delivery stream.</summary>
public class PutRecordRequest : AmazonWebServiceRequest
{
    public string DeliveryStreamName { get; set; }

    public Record Record { get; set; }
}

/// <summary>The record was accepted.</summary>
public class PutRecordResponse : AmazonWebServiceResponse
{
    public bool? Encrypted { get; set; }

    public string RecordId { get; set; }
}
