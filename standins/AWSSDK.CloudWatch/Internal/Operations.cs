using System.Text.Json;
using Amazon.CloudWatch.Model;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.CloudWatch.Internal;

internal static class Operations
{
    /// <summary>CloudWatch speaks three protocols; the package takes CBOR.</summary>
    private static readonly JsonService Service = new("Amazon.CloudWatch", "GraniteServiceVersion20100801", "2010-08-01", ToException) { ContentType = "application/x-amz-json-1.0" };

    public static readonly JsonOperation<DescribeAlarmsRequest, DescribeAlarmsResponse> DescribeAlarms = new(Service, "DescribeAlarms", Write, Read);

    private static void Write(Utf8JsonWriter writer, DescribeAlarmsRequest request)
    {
        writer.WriteIfSet("AlarmNamePrefix", request.AlarmNamePrefix);
        writer.WriteIfSet("AlarmNames", request.AlarmNames, static (array, name) => array.WriteStringValue(name));
        writer.WriteIfSet("NextToken", request.NextToken);
        writer.WriteIfSet("StateValue", request.StateValue?.Value);
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, DescribeAlarmsResponse response)
    {
        if (name.Is("MetricAlarms"u8))
        {
            response.MetricAlarms = reader.ReadList<MetricAlarm>(Read);
        }
        else if (name.Is("NextToken"u8))
        {
            response.NextToken = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, MetricAlarm alarm)
    {
        if (name.Is("AlarmName"u8))
        {
            alarm.AlarmName = reader.GetString();
        }
        else if (name.Is("StateReason"u8))
        {
            alarm.StateReason = reader.GetString();
        }
        else if (name.Is("StateValue"u8))
        {
            alarm.StateValue = reader.GetString();
        }
    }

    private static AmazonCloudWatchException ToException(ErrorResponse error) =>
        new(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
}
