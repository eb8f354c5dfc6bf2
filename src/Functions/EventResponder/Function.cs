using System.Runtime.InteropServices;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using DataToEvents.Application.EventResponder;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind the bus's rule: takes events into its view. Its other handler is <see cref="ApiFunction"/>.</summary>
public sealed class Function(RespondToEvent respond)
{
    /// <summary>The rule invokes it for one event at a time.</summary>
    [LambdaFunction]
    public async Task Respond(BusEvent received, ILambdaContext context)
    {
        var detail = JsonMarshal.GetRawUtf8Value(received.Detail).ToArray();
        var response = await respond.ExecuteAsync(detail, received.ReplayName, CancellationToken.None);
        context.Logger.LogDebug("Event {EventId}: {Response}", received.Id, response);
    }
}
