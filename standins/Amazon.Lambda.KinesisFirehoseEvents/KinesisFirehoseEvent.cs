using System.Text;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.KinesisFirehoseEvents;

/// <summary>A buffer of records that Firehose wants transformed.</summary>
public class KinesisFirehoseEvent
{
    public string InvocationId { get; set; }

    public string DeliveryStreamArn { get; set; }

    public string Region { get; set; }

    public IList<FirehoseRecord> Records { get; set; }

    public class FirehoseRecord
    {
        public string RecordId { get; set; }

        /// <summary>Milliseconds since 1970.</summary>
        [JsonPropertyName("approximateArrivalTimestamp")]
        public long ApproximateArrivalEpoch { get; set; }

        [JsonIgnore]
        public DateTime ApproximateArrivalTimestamp => DateTime.UnixEpoch.AddMilliseconds(ApproximateArrivalEpoch);

        [JsonPropertyName("data")]
        public string Base64EncodedData { get; set; }

        /// <summary>The record as UTF-8 text.</summary>
        public string DecodeData() => Encoding.UTF8.GetString(Convert.FromBase64String(Base64EncodedData));
    }
}
