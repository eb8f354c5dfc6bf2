using System.Text.Json;
using Amazon.DynamoDBStreams.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.DynamoDBStreams.Internal;

internal static class Operations
{
    private static readonly JsonService Service = new("Amazon.DynamoDBStreams", "DynamoDBStreams_20120810", "2012-08-10", ToException)
    {
        ContentType = "application/x-amz-json-1.0",
    };

    public static readonly JsonOperation<DescribeStreamRequest, DescribeStreamResponse> DescribeStream = new(Service, "DescribeStream", Write, Read);

    public static readonly JsonOperation<GetShardIteratorRequest, GetShardIteratorResponse> GetShardIterator = new(Service, "GetShardIterator", Write, Read);

    public static readonly JsonOperation<GetRecordsRequest, GetRecordsResponse> GetRecords = new(Service, "GetRecords", Write, Read);

    private static void Write(Utf8JsonWriter writer, DescribeStreamRequest request)
    {
        writer.WriteIfSet("ExclusiveStartShardId", request.ExclusiveStartShardId);
        if (request.Limit is { } limit)
        {
            writer.WriteNumber("Limit", limit);
        }

        writer.WriteIfSet("StreamArn", request.StreamArn);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, DescribeStreamResponse response)
    {
        if (name.Is("StreamDescription"u8))
        {
            response.StreamDescription = reader.ReadObject<StreamDescription>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, StreamDescription description)
    {
        if (name.Is("LastEvaluatedShardId"u8))
        {
            description.LastEvaluatedShardId = reader.GetString();
        }
        else if (name.Is("Shards"u8))
        {
            description.Shards = reader.ReadList<Shard>(Read);
        }
        else if (name.Is("StreamArn"u8))
        {
            description.StreamArn = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, Shard shard)
    {
        if (name.Is("ParentShardId"u8))
        {
            shard.ParentShardId = reader.GetString();
        }
        else if (name.Is("ShardId"u8))
        {
            shard.ShardId = reader.GetString();
        }
    }

    private static void Write(Utf8JsonWriter writer, GetShardIteratorRequest request)
    {
        writer.WriteIfSet("SequenceNumber", request.SequenceNumber);
        writer.WriteIfSet("ShardId", request.ShardId);
        writer.WriteIfSet("ShardIteratorType", request.ShardIteratorType?.Value);
        writer.WriteIfSet("StreamArn", request.StreamArn);
    }

    private static void Write(Utf8JsonWriter writer, GetRecordsRequest request)
    {
        if (request.Limit is { } limit)
        {
            writer.WriteNumber("Limit", limit);
        }

        writer.WriteIfSet("ShardIterator", request.ShardIterator);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetShardIteratorResponse response)
    {
        if (name.Is("ShardIterator"u8))
        {
            response.ShardIterator = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetRecordsResponse response)
    {
        if (name.Is("NextShardIterator"u8))
        {
            response.NextShardIterator = reader.GetString();
        }
        else if (name.Is("Records"u8))
        {
            response.Records = reader.ReadList<Record>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, Record record)
    {
        if (name.Is("dynamodb"u8))
        {
            record.Dynamodb = reader.ReadObject<StreamRecord>(Read);
        }
        else if (name.Is("eventID"u8))
        {
            record.EventID = reader.GetString();
        }
        else if (name.Is("eventName"u8))
        {
            record.EventName = reader.GetString();
        }
        else if (name.Is("userIdentity"u8) && reader.TokenType == JsonTokenType.StartObject)
        {
            record.UserIdentity = reader.ReadObject<Identity>(Read);
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, StreamRecord record)
    {
        if (name.Is("Keys"u8))
        {
            record.Keys = reader.ReadMap<AttributeValue>(Read);
        }
        else if (name.Is("NewImage"u8))
        {
            record.NewImage = reader.ReadMap<AttributeValue>(Read);
        }
        else if (name.Is("OldImage"u8))
        {
            record.OldImage = reader.ReadMap<AttributeValue>(Read);
        }
        else if (name.Is("SequenceNumber"u8))
        {
            record.SequenceNumber = reader.GetString();
        }
    }

    // The service model says PrincipalId and Type; Lambda, of the same record, principalId and type.
    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, Identity identity)
    {
        if (name.Is("PrincipalId"u8) || name.Is("principalId"u8))
        {
            identity.PrincipalId = reader.GetString();
        }
        else if (name.Is("Type"u8) || name.Is("type"u8))
        {
            identity.Type = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, AttributeValue value)
    {
        if (name.Is("S"u8))
        {
            value.S = reader.GetString();
        }
        else if (name.Is("B"u8))
        {
            value.B = new MemoryStream(reader.GetBytesFromBase64());
        }
        else if (name.Is("N"u8))
        {
            value.N = reader.GetString();
        }
    }

    private static AmazonDynamoDBStreamsException ToException(ErrorResponse e) => e.Code switch
    {
        "ExpiredIteratorException" => new ExpiredIteratorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InternalServerError" => new InternalServerErrorException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "LimitExceededException" => new LimitExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "TrimmedDataAccessException" => new TrimmedDataAccessException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonDynamoDBStreamsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
