namespace DataToEvents.Emulator.Lambda;

/// <summary>How to run a function's executable.</summary>
/// <param name="Path">The executable.</param>
public sealed record ProcessOptions(string Path)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The working directory and <c>LAMBDA_TASK_ROOT</c>; null: the executable's folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The executable's handler to run (<c>ANNOTATIONS_HANDLER</c>); null: it has only one.</summary>
    public string? Handler { get; init; }

    /// <summary>The function's own environment variables, and the address of AWS: <c>AWS_ENDPOINT_URL</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The largest number of processes. Each takes one invocation at a time; further invocations wait.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>How long a process may take until it asks for its first invocation. Lambda allows 10 seconds, but there not all functions start at once on one machine.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before a process that failed is replaced. It doubles each time up to <see cref="MaxBackOff"/>; an answer resets it.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromSeconds(10);
}
