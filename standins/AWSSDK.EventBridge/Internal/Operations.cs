using System.Text.Json;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.EventBridge.Internal;

internal static class Operations
{
    internal static readonly JsonService Service = new("Amazon.EventBridge", "AWSEvents", "2015-10-07", ToException);

    public static readonly JsonOperation<PutEventsRequest, PutEventsResponse> PutEvents = new(Service, "PutEvents", Write, Read);

    public static readonly JsonOperation<DescribeEventBusRequest, DescribeEventBusResponse> DescribeEventBus = new(
        Service, "DescribeEventBus", static (writer, request) => writer.WriteIfSet("Name", request.Name), Read);

    private static void Write(Utf8JsonWriter writer, PutEventsRequest request)
    {
        if (request.EndpointId is not null)
        {
            throw new AmazonClientException("A global endpoint (EndpointId) is signed with SigV4a, which this stand-in for AWSSDK.EventBridge does not do.");
        }

        writer.WriteIfSet("Entries", request.Entries, Write);
    }

    private static void Write(Utf8JsonWriter writer, PutEventsRequestEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteIfSet("Detail", entry.Detail);
        writer.WriteIfSet("DetailType", entry.DetailType);
        writer.WriteIfSet("EventBusName", entry.EventBusName);
        writer.WriteIfSet("Resources", entry.Resources, static (array, arn) => array.WriteStringValue(arn));
        writer.WriteIfSet("Source", entry.Source);
        writer.WriteIfSet("Time", entry.Time);
        writer.WriteIfSet("TraceHeader", entry.TraceHeader);
        writer.WriteEndObject();
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutEventsResponse response)
    {
        if (name.Is("Entries"u8))
        {
            response.Entries = reader.ReadList<PutEventsResultEntry>(Read);
        }
        else if (name.Is("FailedEntryCount"u8))
        {
            response.FailedEntryCount = reader.ReadInt();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, PutEventsResultEntry entry)
    {
        if (name.Is("EventId"u8))
        {
            entry.EventId = reader.GetString();
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

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, DescribeEventBusResponse response)
    {
        if (name.Is("Name"u8))
        {
            response.Name = reader.GetString();
        }
        else if (name.Is("Arn"u8))
        {
            response.Arn = reader.GetString();
        }
        else if (name.Is("Policy"u8))
        {
            response.Policy = reader.GetString();
        }
        else if (name.Is("Description"u8))
        {
            response.Description = reader.GetString();
        }
        else if (name.Is("KmsKeyIdentifier"u8))
        {
            response.KmsKeyIdentifier = reader.GetString();
        }
    }

    private static AmazonEventBridgeException ToException(ErrorResponse e) => e.Code switch
    {
        "InternalException" => new InternalException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceAlreadyExistsException" => new ResourceAlreadyExistsException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonEventBridgeException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
