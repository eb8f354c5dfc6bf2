using System.Text;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisFirehoseEvents;

/// <summary>A verdict for every record of a <see cref="KinesisFirehoseEvent"/>, each exactly once.</summary>
public class KinesisFirehoseResponse
{
    public const string TRANSFORMED_STATE_OK = "Ok";
    public const string TRANSFORMED_STATE_DROPPED = "Dropped";
    public const string TRANSFORMED_STATE_PROCESSINGFAILED = "ProcessingFailed";

    [JsonPropertyName("records")]
    public IList<FirehoseRecord> Records { get; set; }

    public class FirehoseRecord
    {
        [JsonPropertyName("recordId")]
        public string RecordId { get; set; }

        /// <summary>One of the TRANSFORMED_STATE constants.</summary>
        [JsonPropertyName("result")]
        public string Result { get; set; }

        [JsonPropertyName("data")]
        public string Base64EncodedData { get; set; }

        [JsonPropertyName("metadata")]
        public FirehoseResponseRecordMetadata Metadata { get; set; }

        /// <summary>Sets the data to the UTF-8 bytes of a text.</summary>
        public void EncodeData(string data) => Base64EncodedData = Convert.ToBase64String(Encoding.UTF8.GetBytes(data));
    }

    public class FirehoseResponseRecordMetadata
    {
        /// <summary>For dynamic partitioning.</summary>
        [JsonPropertyName("partitionKeys")]
        public Dictionary<string, string> PartitionKeys { get; set; }
    }
}
