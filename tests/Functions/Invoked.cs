using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests;

/// <summary>Invokes a function with the JSON that Lambda passes and reads what it answers.</summary>
internal static class Invoked
{
    public static readonly FunctionHost Host = new(TimeProvider.System, Random.Shared, new SilentLog());

    public static async Task<JsonElement> WithAsync(this IInvocable function, string json)
    {
        var answer = await function.InvokeAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None);
        answer.Error.Should().BeNull();
        return answer.Payload.IsEmpty ? default : JsonDocument.Parse(answer.Payload).RootElement;
    }

    public static async Task<FunctionError> ErrorAsync(this IInvocable function, string json) =>
        (await function.InvokeAsync(Encoding.UTF8.GetBytes(json), CancellationToken.None)).Error!;
}
