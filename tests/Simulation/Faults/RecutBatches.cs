using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Faults;

/// <summary>Firehose's documentation does not say that a batch keeps its records from one attempt to the next, so here some batches come again in two parts.</summary>
internal sealed class RecutBatches(IInvocable inner, FaultPlan plan) : IInvocable
{
    public string Name => inner.Name;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (!plan.Hits(Fault.BatchCutAnew, Hop.Transformer))
        {
            return await inner.InvokeAsync(payload, cancellationToken);
        }

        // The first attempt, whose answer is lost.
        await inner.InvokeAsync(payload, cancellationToken);
        var records = JsonNode.Parse(payload.Span)!["records"]!.AsArray().Count;
        var cut = plan.Draw(records + 1);
        var answers = new JsonArray();
        foreach (var part in new[] { Part(payload, 0, cut), Part(payload, cut, records) }.Where(static part => part is not null))
        {
            var answer = await inner.InvokeAsync(part, cancellationToken);
            if (answer.Error is not null)
            {
                return answer;
            }

            foreach (var record in JsonNode.Parse(answer.Payload.Span)!["records"]!.AsArray())
            {
                answers.Add(record!.DeepClone());
            }
        }

        return InvocationResult.Success(Encoding.UTF8.GetBytes(new JsonObject { ["records"] = answers }.ToJsonString()));
    }

    private static byte[]? Part(ReadOnlyMemory<byte> payload, int from, int to)
    {
        var request = JsonNode.Parse(payload.Span)!;
        request["records"] = new JsonArray([.. request["records"]!.AsArray().Skip(from).Take(to - from).Select(static record => record!.DeepClone())]);
        return to > from ? Encoding.UTF8.GetBytes(request.ToJsonString()) : null;
    }
}
