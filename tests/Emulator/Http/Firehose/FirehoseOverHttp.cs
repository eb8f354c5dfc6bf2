using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Tests.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Firehose;

/// <summary>A delivery stream behind an endpoint, and a client. The stream does not run, because its database in memory is for one thread: the endpoint's.</summary>
public abstract class FirehoseOverHttp(DeliveryStreamOptions? options = null) : IAsyncLifetime
{
    private protected StreamFixture Fixture { get; private set; } = null!;

    private protected EmulatorEndpoint Endpoint { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Fixture = await StreamFixture.OpenAsync(options, run: false);
        Endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Services = [new FirehoseService(Fixture.Stream)],
            Records = new PutRecordEndpoint(Fixture.Stream),
            AllowedOrigins = ["http://localhost:3000"],
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Endpoint.Port}") };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Endpoint.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
