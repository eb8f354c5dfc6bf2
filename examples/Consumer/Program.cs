using Amazon.Lambda.RuntimeSupport;

// A consumer of events, as any Lambda project in .NET: it writes a line for each event that it gets. docs/adapting.md says how to put it behind the bus on this machine.
using var bootstrap = LambdaBootstrapBuilder.Create((Stream input) => Handle(input)).Build();
await bootstrap.RunAsync();

static Stream Handle(Stream input)
{
    using var json = JsonDocument.Parse(input);
    var detail = json.RootElement.GetProperty("detail");

    // The bus delivers at least once: whoever changes something has to remember the ids that it has seen.
    Console.WriteLine($"got {detail.GetProperty("type")} {detail.GetProperty("id")}");
    return new MemoryStream("null"u8.ToArray());
}
