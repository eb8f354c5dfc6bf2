using System.Text.Json;
using Amazon.EventBridge.Model;
using AwsJson;

namespace Amazon.EventBridge.Internal;

internal static class ReplayOperations
{
    public static readonly JsonOperation<DescribeArchiveRequest, DescribeArchiveResponse> DescribeArchive = new(
        Operations.Service, "DescribeArchive", static (writer, request) => writer.WriteIfSet("ArchiveName", request.ArchiveName), Read);

    public static readonly JsonOperation<StartReplayRequest, StartReplayResponse> StartReplay = new(Operations.Service, "StartReplay", Write, Read);

    public static readonly JsonOperation<DescribeReplayRequest, DescribeReplayResponse> DescribeReplay = new(
        Operations.Service, "DescribeReplay", static (writer, request) => writer.WriteIfSet("ReplayName", request.ReplayName), Read);

    private static void Write(Utf8JsonWriter writer, StartReplayRequest request)
    {
        writer.WriteIfSet("ReplayName", request.ReplayName);
        writer.WriteIfSet("EventSourceArn", request.EventSourceArn);
        writer.WriteIfSet("EventStartTime", request.EventStartTime);
        writer.WriteIfSet("EventEndTime", request.EventEndTime);
        if (request.Destination is { } destination)
        {
            writer.WriteStartObject("Destination");
            writer.WriteIfSet("Arn", destination.Arn);
            writer.WriteIfSet("FilterArns", destination.FilterArns, static (array, arn) => array.WriteStringValue(arn));
            writer.WriteEndObject();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, DescribeArchiveResponse response)
    {
        if (name.Is("ArchiveArn"u8))
        {
            response.ArchiveArn = reader.GetString();
        }
        else if (name.Is("ArchiveName"u8))
        {
            response.ArchiveName = reader.GetString();
        }
        else if (name.Is("EventSourceArn"u8))
        {
            response.EventSourceArn = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, StartReplayResponse response)
    {
        if (name.Is("ReplayArn"u8))
        {
            response.ReplayArn = reader.GetString();
        }
        else if (name.Is("State"u8))
        {
            response.State = reader.GetString();
        }
        else if (name.Is("StateReason"u8))
        {
            response.StateReason = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, DescribeReplayResponse response)
    {
        if (name.Is("ReplayName"u8))
        {
            response.ReplayName = reader.GetString();
        }
        else if (name.Is("State"u8))
        {
            response.State = reader.GetString();
        }
        else if (name.Is("StateReason"u8))
        {
            response.StateReason = reader.GetString();
        }
    }
}
