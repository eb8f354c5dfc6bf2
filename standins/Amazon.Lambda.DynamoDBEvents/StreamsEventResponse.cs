using System.Text.Json.Serialization;

namespace Amazon.Lambda.DynamoDBEvents;

/// <summary>Lambda retries from the lowest sequence number among the failures; none means that the batch succeeded.</summary>
public class StreamsEventResponse
{
    [JsonPropertyName("batchItemFailures")]
    public IList<BatchItemFailure> BatchItemFailures { get; set; }

    public class BatchItemFailure
    {
        /// <summary>The change's sequence number.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string ItemIdentifier { get; set; }
    }
}
