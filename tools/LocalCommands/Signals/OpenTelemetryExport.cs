using DataToEvents.Application.Signals;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataToEvents.Local.Signals;

/// <summary>Traces and metrics over OTLP, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The exporter reads it and OpenTelemetry's other variables itself.</summary>
internal sealed class OpenTelemetryExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string ServiceName = "OTEL_SERVICE_NAME";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private OpenTelemetryExport(TracerProvider traces, MeterProvider metrics) => (_traces, _metrics) = (traces, metrics);

    /// <returns>Null if there is no endpoint to send to.</returns>
    public static OpenTelemetryExport? Start(TimeProvider time)
    {
        if (IsNotSet(Endpoint))
        {
            return null;
        }

        var traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource(PathSignals.Name).AddOtlpExporter();
        if (IsNotSet(Sampler))
        {
            traces.SetSampler(new ParentBasedSampler(new OneTraceASecond(time)));
        }

        return new OpenTelemetryExport(
            traces.Build(),
            Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(PathSignals.Name, HostMeter.Name).AddOtlpExporter().Build());
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Describe(ResourceBuilder resource)
    {
        if (IsNotSet(ServiceName))
        {
            resource.AddService(PathSignals.Name);
        }
    }

    private static bool IsNotSet(string variable) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
