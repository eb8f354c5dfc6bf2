using Amazon.Runtime;

namespace Amazon.KinesisFirehose.Model;

/// <summary>Up to 500 records and 4 MiB for a delivery stream.</summary>
public class PutRecordBatchRequest : AmazonWebServiceRequest
{
    public string DeliveryStreamName { get; set; }

    public List<Record> Records { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>What became of each record, in the request's order.</summary>
public class PutRecordBatchResponse : AmazonWebServiceResponse
{
    public bool? Encrypted { get; set; }

    public int? FailedPutCount { get; set; }

    public List<PutRecordBatchResponseEntry> RequestResponses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

/// <summary>An id, or an error.</summary>
public class PutRecordBatchResponseEntry
{
    public string ErrorCode { get; set; }

    public string ErrorMessage { get; set; }

    public string RecordId { get; set; }
}
