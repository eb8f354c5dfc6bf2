using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Simulation.Faults;

/// <summary>Firehose's documentation does not say that a record keeps its id from one attempt to the next, so here it may get another one.</summary>
internal sealed class ChangingRecordIds(IInvocable inner, FaultPlan plan) : IInvocable
{
    public string Name => inner.Name;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (!plan.Hits(Fault.RecordIdsChange, Hop.Transformer))
        {
            return await inner.InvokeAsync(payload, cancellationToken);
        }

        var request = JsonNode.Parse(payload.Span)!;
        var originals = new Dictionary<string, string>();
        foreach (var record in request["records"]!.AsArray())
        {
            var changed = $"{plan.Draw(1_000_000_000)}{originals.Count:D15}";
            originals.Add(changed, record!["recordId"]!.GetValue<string>());
            record["recordId"] = changed;
        }

        var answer = await inner.InvokeAsync(Encoding.UTF8.GetBytes(request.ToJsonString()), cancellationToken);
        return answer.Error is null ? InvocationResult.Success(Restored(answer.Payload, originals)) : answer;
    }

    private static byte[] Restored(ReadOnlyMemory<byte> answer, Dictionary<string, string> originals)
    {
        var root = JsonNode.Parse(answer.Span)!;
        foreach (var record in root["records"]!.AsArray())
        {
            record!["recordId"] = originals[record["recordId"]!.GetValue<string>()];
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
