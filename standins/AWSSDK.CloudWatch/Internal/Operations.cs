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

    public static readonly JsonOperation<GetMetricDataRequest, GetMetricDataResponse> GetMetricData = new(Service, "GetMetricData", Write, Read);

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

    private static void Write(Utf8JsonWriter writer, GetMetricDataRequest request)
    {
        writer.WriteIfSet("EndTime", request.EndTime);
        writer.WriteIfSet("MetricDataQueries", request.MetricDataQueries, Write);
        writer.WriteIfSet("NextToken", request.NextToken);
        writer.WriteIfSet("ScanBy", request.ScanBy?.Value);
        writer.WriteIfSet("StartTime", request.StartTime);
    }

    private static void Write(Utf8JsonWriter writer, MetricDataQuery query)
    {
        writer.WriteStartObject();
        writer.WriteIfSet("Id", query.Id);
        if (query.MetricStat is { } stat)
        {
            writer.WriteStartObject("MetricStat");
            if (stat.Metric is { } metric)
            {
                writer.WriteStartObject("Metric");
                writer.WriteIfSet("Dimensions", metric.Dimensions, Write);
                writer.WriteIfSet("MetricName", metric.MetricName);
                writer.WriteIfSet("Namespace", metric.Namespace);
                writer.WriteEndObject();
            }

            if (stat.Period is { } seconds)
            {
                writer.WriteNumber("Period", seconds);
            }

            writer.WriteIfSet("Stat", stat.Stat);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Dimension dimension)
    {
        writer.WriteStartObject();
        writer.WriteIfSet("Name", dimension.Name);
        writer.WriteIfSet("Value", dimension.Value);
        writer.WriteEndObject();
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, GetMetricDataResponse response)
    {
        if (name.Is("MetricDataResults"u8))
        {
            response.MetricDataResults = reader.ReadList<MetricDataResult>(Read);
        }
        else if (name.Is("NextToken"u8))
        {
            response.NextToken = reader.GetString();
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, MetricDataResult result)
    {
        if (name.Is("Id"u8))
        {
            result.Id = reader.GetString();
        }
        else if (name.Is("Timestamps"u8))
        {
            result.Timestamps = Numbers(ref reader)?.ConvertAll(static seconds => DateTime.UnixEpoch.AddSeconds(seconds));
        }
        else if (name.Is("Values"u8))
        {
            result.Values = Numbers(ref reader);
        }
    }

    private static List<double> Numbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            numbers.Add(reader.GetDouble());
        }

        return numbers;
    }

    private static AmazonCloudWatchException ToException(ErrorResponse error) =>
        new(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
}
