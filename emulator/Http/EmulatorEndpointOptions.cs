using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.S3;

namespace DataToEvents.Emulator.Http;

/// <summary>Settings of the endpoint: its address, and the services behind it.</summary>
public sealed record EmulatorEndpointOptions
{
    /// <summary>The address to listen on. Requests are not authenticated, so any address but loopback opens the emulator to the network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Names that a request may have as its Host, beside <c>localhost</c>, names that end in <c>.localhost</c>, and IP addresses.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins such as <c>http://localhost:3000</c> whose pages may call the services from a browser (CORS); <c>*</c> allows all.</summary>
    public IReadOnlyCollection<string> AllowedOrigins { get; init; } = [];

    /// <summary>The port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The services with AWS's JSON protocols. <c>X-Amz-Target</c> names one of them.</summary>
    public IReadOnlyList<IJsonService> Services { get; init; } = [];

    /// <summary>Decides who may call what of <see cref="Services"/>; null allows everything.</summary>
    public ICallPolicy? Policy { get; init; }

    /// <summary>The HTTP API below <c>/api</c>; null if there is none.</summary>
    public HttpApiEndpoint? Api { get; init; }

    /// <summary>The route that takes records without a client of AWS, at <see cref="PutRecordEndpoint.Path"/>; null if there is none.</summary>
    public PutRecordEndpoint? Records { get; init; }

    /// <summary>Answers browsers at <c>/</c> and below <c>/_page/</c>, and requests for <c>/metrics</c>; null if there is no page.</summary>
    public RequestDelegate? Page { get; init; }

    /// <summary>Lambda's functions; null if there are none.</summary>
    public FunctionsEndpoint? Functions { get; init; }

    /// <summary>The buckets at any other path; null if there are none.</summary>
    public S3Endpoint? Objects { get; init; }

    /// <summary>How many bytes of request bodies may be in memory at one time. Beyond that, requests are refused with SlowDown or ServiceUnavailable.</summary>
    public long MaxBufferedBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Takes exceptions that no client caused. The request is answered with InternalFailure.</summary>
    public required Action<Exception> OnFault { get; init; }
}
