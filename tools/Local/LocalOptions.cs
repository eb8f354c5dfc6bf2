using DataToEvents.Local.Hosting;

namespace DataToEvents.Local;

/// <summary>The options of the command line.</summary>
internal sealed record LocalOptions
{
    public const int DefaultPort = 5_080;

    /// <summary>In seconds; no more than the queue's visibility timeout, which is SQS's default.</summary>
    public const int DefaultFunctionTimeout = 30;

    /// <summary>An NDJSON file, <c>-</c> for standard input, or null for demo traffic.</summary>
    public string? Input { get; init; }

    /// <summary>Records a second; null is as fast as the path takes them.</summary>
    public int? Rate { get; init; }

    public required DirectoryInfo Data { get; init; }

    /// <summary>The event catalog's file; null is the one that is shipped with the Transformer.</summary>
    public FileInfo? Catalog { get; init; }

    /// <summary>The port of the endpoints; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    public FunctionsMode Functions { get; init; }

    /// <summary>The folder in which <c>make package</c> put the functions' zips.</summary>
    public DirectoryInfo Artifacts { get; init; } = new("artifacts");

    /// <summary>How long one invocation may take.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromSeconds(DefaultFunctionTimeout);

    /// <summary>The audit queue gets a copy of every event on the bus.</summary>
    public bool Audit { get; init; }

    /// <summary>Consumers of the user's own.</summary>
    public IReadOnlyList<OwnConsumer> Consumers { get; init; } = [];

    /// <summary>Opens only the endpoints and feeds nothing.</summary>
    public bool NoFeed { get; init; }

    public bool SummaryAsJson { get; init; }
}
