using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Tests.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>A delivery stream that does not run, so that its database in memory is the door's alone, and a client before the door.</summary>
public abstract class FirehoseBehindDoor(DeliveryStreamOptions? options = null) : IAsyncLifetime
{
    private protected StreamFixture Fixture { get; private set; } = null!;

    private protected FrontDoor Door { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Fixture = await StreamFixture.OpenAsync(options, run: false);
        Door = await FrontDoor.StartAsync(new FrontDoorOptions
        {
            Services = [new FirehoseService(Fixture.Stream)],
            OnFault = fault => throw new InvalidOperationException("A fault at the door.", fault),
        });
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Door.Port}") };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Door.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
