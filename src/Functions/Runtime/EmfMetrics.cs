using DataToEvents.Application.Signals;

namespace DataToEvents.Functions.Runtime;

/// <summary>
/// An invocation's readings as one line in CloudWatch's embedded metric format, of which CloudWatch makes metrics
/// (docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html). It goes past Lambda's logger, which would
/// wrap it in an object of its own.
/// </summary>
public sealed class EmfMetrics(Stream output, string functionName, TimeProvider time) : IMetrics
{
    private const string Dimension = "FunctionName";

    private readonly ArrayBufferWriter<byte> _line = new(1_024);

    public void Write(IReadOnlyList<Reading> readings)
    {
        if (readings.Count == 0)
        {
            return;
        }

        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            WriteDirective(json, readings);
            json.WriteString(Dimension, functionName);
            foreach (var (signal, value) in readings)
            {
                json.WriteNumber(signal.Name, value);
            }

            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        output.Write(_line.WrittenSpan);
    }

    private void WriteDirective(Utf8JsonWriter json, IReadOnlyList<Reading> readings)
    {
        json.WriteStartObject("_aws"u8);
        json.WriteNumber("Timestamp"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics"u8);
        json.WriteStartObject();
        json.WriteString("Namespace"u8, PathSignals.Name);
        json.WriteStartArray("Dimensions"u8);
        json.WriteStartArray();
        json.WriteStringValue(Dimension);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteStartArray("Metrics"u8);
        foreach (var (signal, _) in readings)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, signal.Name);
            json.WriteString("Unit"u8, Unit(signal.Unit));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Unit(SignalUnit unit) => unit switch
    {
        SignalUnit.Bytes => "Bytes"u8,
        SignalUnit.Milliseconds => "Milliseconds"u8,
        _ => "Count"u8,
    };
}
