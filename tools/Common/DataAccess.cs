using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Common;

/// <summary>
/// AWS's endpoints to a data directory for tools: those of the host that runs over it, or, if none does, endpoints of their own without functions
/// (nothing is transformed, stored, published or delivered until a host runs again; what is put waits for it).
/// </summary>
public sealed class DataAccess : IAsyncDisposable
{
    private const string WhatToName = "Name the directory that the local host was started with (its --data; .data in the folder where `make run` was called).";

    private readonly Engine? _engine;
    private readonly Firehose? _stream;
    private readonly EngineEndpoint? _endpoints;

    private DataAccess(Uri endpoint, Engine? engine = null, Firehose? stream = null, EngineEndpoint? endpoints = null) =>
        (Endpoint, _engine, _stream, _endpoints) = (endpoint, engine, stream, endpoints);

    public Uri Endpoint { get; }

    /// <summary>A host with functions runs over the directory.</summary>
    public bool IsHosted => _engine is null;

    /// <param name="data">The data directory, which has to be there.</param>
    /// <param name="onFault">Takes faults of the endpoints that no client is to blame for.</param>
    /// <exception cref="UserErrorException">The directory is missing, is not a data directory, or cannot be used. Nothing was created in it.</exception>
    public static async Task<DataAccess> OpenAsync(DirectoryInfo data, Action<Exception> onFault)
    {
        if (!data.Exists)
        {
            throw new UserErrorException($"The data directory {data.FullName} does not exist. {WhatToName}");
        }

        if (HostFile.FindRunning(data) is { } running)
        {
            return new DataAccess(running);
        }

        if (!Engine.HasData(data))
        {
            throw new UserErrorException($"{data.FullName} is not a data directory: it has no {Engine.DatabaseFile}. {WhatToName}");
        }

        var engine = await Engine.OpenAsync(data, audit: false);
        Firehose? stream = null;
        try
        {
            engine.AddRules(new NoFunction("EventResponder"));
            // It takes records and keeps them; a host with its Transformer finds them there.
            stream = await Firehose.OpenAsync(engine.Database, engine.Bucket, new NoFunction("Transformer"), new DeliveryStreamOptions { Name = Names.Stream }, TimeProvider.System);
            var endpoints = await EngineEndpoint.OpenAsync(engine, port: 0, stream, api: null, onFault, new DeliveredEndpoint(engine).AnswerOnlyAsync);
            return new DataAccess(new Uri(endpoints.Url), engine, stream, endpoints);
        }
        catch
        {
            stream?.Dispose();
            await engine.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _endpoints!.DisposeAsync();
            _stream!.Dispose();
            await _engine.DisposeAsync();
        }
    }
}
