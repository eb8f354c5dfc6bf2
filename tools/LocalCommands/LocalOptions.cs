using DataToEvents.Local.Feeding;
using DataToEvents.Local.Hosting;

namespace DataToEvents.Local;

/// <summary>The options of the command line.</summary>
internal sealed record LocalOptions
{
    public const int DefaultPort = 5_080;

    /// <summary>No more than the queue's visibility timeout, which is SQS's default.</summary>
    public static TimeSpan DefaultFunctionTimeout { get; } = TimeSpan.FromSeconds(30);

    /// <summary>An NDJSON file, <c>-</c> for standard input, or null for demo traffic.</summary>
    public string? Input { get; init; }

    /// <summary>Records a second; null is as fast as the path takes them.</summary>
    public double? Rate { get; init; }

    public required DirectoryInfo Data { get; init; }

    /// <summary>The event catalog's file; null is the one that is shipped with the Transformer.</summary>
    public FileInfo? Catalog { get; init; }

    /// <summary>The path of the event catalog that is used.</summary>
    public string CatalogPath => Catalog?.FullName ?? Path.Combine(AppContext.BaseDirectory, "catalog.json");

    /// <summary>The port of the endpoints; 0 takes any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The address of the endpoints.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Names that a request may have as its Host, beside those of this machine.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins whose pages may call the services from a browser.</summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>Where demo traffic ends.</summary>
    public KeepBound Keep { get; init; } = KeepBound.Default;

    /// <summary>Begin with an empty data directory.</summary>
    public bool Fresh { get; init; }

    public FunctionsMode Functions { get; init; }

    /// <summary>The folder in which <c>make package</c> put the functions' zips.</summary>
    public DirectoryInfo Artifacts { get; init; } = new("artifacts");

    /// <summary>How long one invocation may take.</summary>
    public TimeSpan FunctionTimeout { get; init; } = DefaultFunctionTimeout;

    /// <summary>The audit queue gets a copy of every event on the bus.</summary>
    public bool Audit { get; init; }

    /// <summary>Consumers of the user's own.</summary>
    public IReadOnlyList<OwnConsumer> Consumers { get; init; } = [];

    /// <summary>Opens only the endpoints and feeds nothing.</summary>
    public bool NoFeed { get; init; }

    /// <summary>After the input the host stays open until Ctrl-C.</summary>
    public bool KeepOpen { get; init; }

    public bool SummaryAsJson { get; init; }
}
