using OpenTelemetry.Trace;

namespace DataToEvents.Local.Signals;

/// <summary>Records the first trace that begins in each second, as X-Ray's default rule does: few traces are all recorded, and many cost no more than few.</summary>
internal sealed class OneTraceASecond(TimeProvider time) : Sampler
{
    private long _last = -1;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var (now, last) = (time.GetUtcNow().ToUnixTimeSeconds(), Interlocked.Read(ref _last));
        return new SamplingResult(now != last && Interlocked.CompareExchange(ref _last, now, last) == last ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
