using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the bus's rule: takes events into its view. The package's other handlers are <see cref="EventResponderQueueFunction"/> and <see cref="ApiFunction"/>.</summary>
public sealed class EventResponderFunction(RespondToEvent respond, TimeProvider time)
{
    /// <summary>The rule invokes it for one event at a time.</summary>
    [LambdaFunction]
    public async Task Respond(EventBridgeEvent received, ILambdaContext context)
    {
        var detail = JsonMarshal.GetRawUtf8Value(received.Detail).ToArray();
        var responded = await TimeBudget.WithinAsync(context, time, cancellation => respond.ExecuteAsync(detail, received.ReplayName, cancellation));
        var log = new FunctionLogger(context.Logger);
        if (log.IsEnabled(LogLevel.Debug))
        {
            var taken = responded.Event;
            EventResponderLog.Responded(log, responded.Response.ToString(), taken.Id.Value, taken.Stream.Value, TraceParent.TraceId(taken.TraceParent));
        }
    }
}
