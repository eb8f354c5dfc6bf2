using System.Runtime.InteropServices;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using DataToEvents.Application.EventResponder;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the bus's rule: takes events into its view. Its other handler is <see cref="ApiFunction"/>.</summary>
public sealed class Function(RespondToEvent respond, TimeProvider time)
{
    /// <summary>The rule invokes it for one event at a time.</summary>
    [LambdaFunction]
    public async Task Respond(BusEvent received, ILambdaContext context)
    {
        var detail = JsonMarshal.GetRawUtf8Value(received.Detail).ToArray();
        var response = await TimeBudget.WithinAsync(context, time, cancellation => respond.ExecuteAsync(detail, received.ReplayName, cancellation));
        context.Logger.LogDebug("Event {EventId}: {Response}", received.Id, response);
    }
}
