using System.Net;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Http.S3;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http;

/// <summary>Settings of the endpoint: its address, and the services behind it.</summary>
public sealed record EmulatorEndpointOptions
{
    /// <summary>Requests are not authenticated, so anything but loopback opens the engine to the network.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0: any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Services of AWS's JSON protocols, told apart by <c>X-Amz-Target</c>.</summary>
    public IReadOnlyList<IJsonService> Services { get; init; } = [];

    /// <summary>Who may call what of <see cref="Services"/>; null: everybody everything.</summary>
    public ICallPolicy? Policy { get; init; }

    /// <summary>The HTTP API below <c>/api</c>, if there is one.</summary>
    public HttpApiEndpoint? Api { get; init; }

    /// <summary>Answers browsers, at <c>/</c> and below <c>/_page/</c>, and those who ask for <c>/metrics</c>, if there is something to see.</summary>
    public RequestDelegate? Page { get; init; }

    /// <summary>Buckets at any other path, if there are any.</summary>
    public S3Endpoint? Objects { get; init; }

    /// <summary>Bodies of requests in memory at one time, in bytes; beyond that requests are told to slow down.</summary>
    public long MaxBufferedBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>Takes faults that no client is to blame for; the request is answered with InternalFailure.</summary>
    public required Action<Exception> OnFault { get; init; }
}
