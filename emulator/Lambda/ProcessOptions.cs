namespace DataToEvents.Emulator.Lambda;

/// <summary>How to run a function's executable.</summary>
/// <param name="Path">The executable; its folder becomes <c>LAMBDA_TASK_ROOT</c> and the working directory.</param>
public sealed record ProcessOptions(string Path)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Which of the executable's handlers to run (<c>ANNOTATIONS_HANDLER</c>); null: it has but one.</summary>
    public string? Handler { get; init; }

    /// <summary>The function's own variables, and where it finds AWS: <c>AWS_ENDPOINT_URL</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Processes at most, each with one invocation at a time; further invocations wait.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>How long a process may take until it asks for its first invocation. Lambda gives 10 s, but has not the whole path starting at once.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a process that ended badly is replaced; doubles each time up to <see cref="MaxBackOff"/>, and starts anew after an answer.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(10);
}
