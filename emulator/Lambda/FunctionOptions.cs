namespace DataToEvents.Emulator.Lambda;

/// <summary>The part of a function's configuration that its code can see.</summary>
/// <param name="Name">The function's name.</param>
public sealed record FunctionOptions(string Name)
{
    /// <summary>How long one invocation may take; Lambda's upper limit is 15 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    public int MemoryMegabytes { get; init; } = 512;

    public string Region { get; init; } = "us-east-1";

    public string Account { get; init; } = "000000000000";

    public string Version { get; init; } = "$LATEST";

    public string Arn => $"arn:aws:lambda:{Region}:{Account}:function:{Name}";

    public string LogGroup => $"/aws/lambda/{Name}";

    public string LogStream => $"embedded/[{Version}]";
}
