using System.Text.Json.Serialization;

namespace Amazon.Lambda.SQSEvents;

/// <summary>The messages of a batch that Lambda must not delete; an empty list means that all succeeded.</summary>
public class SQSBatchResponse
{
    public SQSBatchResponse()
        : this([])
    {
    }

    public SQSBatchResponse(List<BatchItemFailure> batchItemFailures) => BatchItemFailures = batchItemFailures;

    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; set; }

    public class BatchItemFailure
    {
        /// <summary>The message's id.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; }
    }
}
