using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

// A function for tests. Its event, or the variable ECHO_START, says what it does.
switch (Environment.GetEnvironmentVariable("ECHO_START"))
{
    case "exit":
        Console.Error.WriteLine("no configuration, no start");
        return 3;
    case "hang":
        Thread.Sleep(Timeout.Infinite);
        break;
    case "error":
        using (var failing = LambdaBootstrapBuilder
            .Create((Stream input) => input)
            .UseBootstrapHandler(() => throw new InvalidOperationException("there is no bus"))
            .Build())
        {
            await failing.RunAsync();
        }

        break;
}

using var bootstrap = LambdaBootstrapBuilder.Create((Stream input, ILambdaContext context) => AnswerAsync(input, context)).Build();
await bootstrap.RunAsync();
return 0;

static async Task<Stream> AnswerAsync(Stream input, ILambdaContext context)
{
    var copy = new MemoryStream();
    await input.CopyToAsync(copy);
    copy.Position = 0;
    using var json = JsonDocument.Parse(copy.ToArray());
    switch (json.RootElement.GetProperty("do").GetString())
    {
        case "throw":
            throw new InvalidOperationException("told to");
        case "exit":
            Environment.Exit(7);
            break;
        case "hang":
            await Task.Delay(Timeout.Infinite);
            break;
        case "too much":
            return new MemoryStream(new byte[(6 * 1024 * 1024) + 1]);
        case "log":
            Console.WriteLine("a line");
            break;
        case "environment":
            var variables = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value);
            variables["context"] = $"{context.FunctionName} {context.MemoryLimitInMB} {context.RemainingTime > TimeSpan.Zero}";
            return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(variables));
        case "process":
            return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(Environment.ProcessId));
    }

    return copy;
}
