using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Faults;

/// <summary>
/// Invalid answers. The event source recognises each of them as invalid. It could not recognise a false answer, such as
/// "all stored" after nothing was.
/// </summary>
internal static class Garbage
{
    public static InvocationResult Instead(InvocationResult answer, Hop hop, FaultPlan plan) => hop switch
    {
        Hop.Transformer => OfTransformer(answer, plan),
        Hop.Responder => InvocationResult.Failure("Runtime.MalformedHandlerName", "garbage"),
        _ => Text(plan.Draw(4) switch
        {
            0 => "<html>502</html>",
            1 => """{"batchItemFailures":[{"itemIdentifier":""}]}""",
            2 => """{"batchItemFailures":[{"itemIdentifier":"nobody's"}]}""",
            _ => """{"batchItemFailures":[{"id":"1"}]}""",
        }),
    };

    private static InvocationResult OfTransformer(InvocationResult answer, FaultPlan plan)
    {
        if (plan.Draw(4) == 0)
        {
            return plan.Draw(2) == 0 ? Text("{\"records\":[{]}") : InvocationResult.Failure("Function.ResponseSizeTooLarge", "Response payload size exceeded");
        }

        var root = JsonNode.Parse(answer.Payload.Span)!;
        var records = root["records"]!.AsArray();
        var place = plan.Draw(records.Count);
        switch (plan.Draw(5))
        {
            case 0:
                records.RemoveAt(place);
                break;
            case 1:
                records.Add(records[place]!.DeepClone());
                break;
            case 2:
                records[place]!["recordId"] = "nobody's";
                break;
            case 3:
                records[place]!["result"] = "Perhaps";
                break;
            default:
                records[place]!["data"] = "%%%";
                break;
        }

        return Text(root.ToJsonString());
    }

    private static InvocationResult Text(string json) => InvocationResult.Success(Encoding.UTF8.GetBytes(json));
}
