namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>What is fed to a deployment: good records, and among them what tends to break a path.</summary>
internal static class Feed
{
    public const string ConflictingId = "conflict-1";

    public static List<FedRecord> Of(IReadOnlyList<byte[]> good, IEnumerable<byte[]> repeated)
    {
        var records = good.Select(FedRecord.Of).ToList();
        // In the middle: their neighbours before and behind have to be unharmed.
        records.InsertRange(records.Count / 2, Hostile());
        // A producer that lost an answer sends again; these have ids of their own.
        records.AddRange(repeated.Select(payload => FedRecord.Of(payload) with { IsNew = false }));
        return records;
    }

    private static IEnumerable<FedRecord> Hostile()
    {
        yield return FedRecord.Of([0xFF, 0xFE, 0x00, 0x80, 0x0A, 0x41]) with { Payloads = [[0xFF, 0xFE, 0x00, 0x80, 0x0A, 0x41]] };
        yield return FedRecord.Of("no JSON: José \"quoted\" \\ 😀");
        yield return FedRecord.Of("""{"deep":[[[[null,{"n":1.0,"m":12345678901234567890.10e-3}]]]],"deep2":{"z":null,"a":1}}""");
        // Over every inline limit: its payload goes to S3.
        yield return FedRecord.Of($$"""{"orderId":"big","text":"{{new string('é', 150_000)}}"}""");
        yield return new FedRecord(Encoding.UTF8.GetBytes("{\"line\":1}\n{\"line\":2}"), ["{\"line\":1}"u8.ToArray(), "{\"line\":2}"u8.ToArray()]);
        yield return CloudEvent("""{"first":true}""");
        yield return CloudEvent("""{"first":false}""") with { IsNew = false };
        yield return Unqueueable();
    }

    private static FedRecord CloudEvent(string data) => new(
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{ConflictingId}}","source":"/producer","type":"a.b","subject":"conflicts","time":"2026-11-24T12:00:00Z","data":{{data}}}"""),
        [Encoding.UTF8.GetBytes(data)]);

    /// <summary>Its payload can go to S3, but an attribute alone is over the limit: no hop behind the Transformer could take it.</summary>
    private static FedRecord Unqueueable() => new(
        Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"wide-1","source":"/producer","type":"a.b","subject":"wide","wide":"{{new string('x', 300_000)}}","data":1}"""), [])
    {
        IsTransformed = false,
    };
}
