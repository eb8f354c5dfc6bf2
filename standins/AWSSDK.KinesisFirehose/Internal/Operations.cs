using System.Text.Json;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.KinesisFirehose.Internal;

internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.KinesisFirehose", "Firehose_20150804", "2015-08-04", ToException);

    public static readonly JsonOperation<PutRecordRequest, PutRecordResponse> PutRecord = new(Service, "PutRecord", Write, Read);

    public static readonly JsonOperation<PutRecordBatchRequest, PutRecordBatchResponse> PutRecordBatch = new(Service, "PutRecordBatch", Write, Read);

    private static void Write(Utf8JsonWriter writer, PutRecordRequest request)
    {
        writer.WriteIfSet("DeliveryStreamName", request.DeliveryStreamName);
        if (request.Record is not null)
        {
            writer.WritePropertyName("Record");
            Write(writer, request.Record);
        }
    }

    private static void Write(Utf8JsonWriter writer, PutRecordBatchRequest request)
    {
        writer.WriteIfSet("DeliveryStreamName", request.DeliveryStreamName);
        writer.WriteIfSet("Records", request.Records, Write);
    }

    private static void Write(Utf8JsonWriter writer, Record record)
    {
        writer.WriteStartObject();
        writer.WriteIfSet("Data", record.Data);
        writer.WriteEndObject();
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutRecordResponse response)
    {
        if (name.Is("RecordId"u8))
        {
            response.RecordId = reader.GetString();
        }
        else if (name.Is("Encrypted"u8))
        {
            response.Encrypted = reader.ReadBool();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutRecordBatchResponse response)
    {
        if (name.Is("FailedPutCount"u8))
        {
            response.FailedPutCount = reader.ReadInt();
        }
        else if (name.Is("Encrypted"u8))
        {
            response.Encrypted = reader.ReadBool();
        }
        else if (name.Is("RequestResponses"u8))
        {
            response.RequestResponses = reader.ReadList<PutRecordBatchResponseEntry>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutRecordBatchResponseEntry entry)
    {
        if (name.Is("RecordId"u8))
        {
            entry.RecordId = reader.GetString();
        }
        else if (name.Is("ErrorCode"u8))
        {
            entry.ErrorCode = reader.GetString();
        }
        else if (name.Is("ErrorMessage"u8))
        {
            entry.ErrorMessage = reader.GetString();
        }
    }

    private static AmazonKinesisFirehoseException ToException(ErrorResponse e) => e.Code switch
    {
        "InvalidArgumentException" => new InvalidArgumentException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InvalidKMSResourceException" => new InvalidKMSResourceException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ServiceUnavailableException" => new ServiceUnavailableException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonKinesisFirehoseException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
