using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Signals;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Local.Signals;

/// <summary>
/// Records the span of a function in another process, as a function in this process does itself. On AWS it is also Lambda that sends the segment of a
/// function: a package has no exporter. The trace comes from the headers that X-Ray uses, and from the item for the change stream, which has no headers.
/// </summary>
internal sealed class TracedFunction(IInvocable function) : IInvocable, IAsyncDisposable
{
    public string Name => function.Name;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        if (!StepRun.IsTraced)
        {
            return await function.InvokeAsync(payload, traceHeader, cancellationToken);
        }

        using var run = new StepRun(Name, metrics: null);
        var header = traceHeader;
        if (Name == "Transformer")
        {
            header = XRayHeader.Of(run.Begin(XRayHeader.ToTraceParent(traceHeader))) ?? traceHeader;
        }
        else
        {
            run.Continue(Traces(payload, traceHeader));
        }

        var answer = await function.InvokeAsync(payload, header, cancellationToken);
        if (answer.Error is null)
        {
            run.Complete();
        }

        return answer;
    }

    public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;

    private IReadOnlyList<string?> Traces(ReadOnlyMemory<byte> payload, string? traceHeader)
    {
        if (Name is not ("EventStorer" or "IntegrationEventEmitter"))
        {
            return [XRayHeader.ToTraceParent(traceHeader)];
        }

        using var batch = JsonDocument.Parse(payload);
        return [.. batch.RootElement.GetProperty("Records").EnumerateArray().Select<JsonElement, string?>(Name == "EventStorer" ? OfMessage : OfChange)];
    }

    private static string? OfMessage(JsonElement message) =>
        message.GetProperty("attributes").TryGetProperty("AWSTraceHeader", out var header) ? XRayHeader.ToTraceParent(header.GetString()) : null;

    private static string? OfChange(JsonElement change) =>
        change.GetProperty("dynamodb").TryGetProperty("NewImage", out var item) && item.TryGetProperty(EventItem.Trace, out var trace) ? trace.GetProperty("S").GetString() : null;
}
