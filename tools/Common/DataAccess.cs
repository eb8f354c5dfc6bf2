using DataToEvents.Emulator;
using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Common;

/// <summary>
/// How tools reach the services of a data directory: through the host that runs over it, or, if none runs, through an endpoint of their own without functions
/// (nothing is transformed, stored, published or delivered until a host runs again; what is put waits for it).
/// </summary>
public sealed class DataAccess : IAsyncDisposable
{
    private readonly DataDirectory? _directory;
    private readonly AccountEndpoint? _own;

    private DataAccess(Uri endpoint, DataDirectory? directory = null, AccountEndpoint? own = null) => (Endpoint, _directory, _own) = (endpoint, directory, own);

    public Uri Endpoint { get; }

    /// <summary>Whether a host with functions runs over the directory.</summary>
    public bool IsHosted => _directory is null;

    /// <param name="data">The data directory, which must exist.</param>
    /// <param name="onFault">Gets faults of the services that no client is to blame for.</param>
    /// <exception cref="UserErrorException">The directory is missing, is not a data directory, or cannot be used. Nothing was created in it.</exception>
    public static async Task<DataAccess> OpenAsync(DirectoryInfo data, Action<Exception> onFault)
    {
        if (HostFile.FindRunning(data) is { } running)
        {
            return new DataAccess(running);
        }

        DataDirectory.ThrowIfNoData(data);
        var directory = await DataDirectory.OpenAsync(data, audit: false);
        try
        {
            directory.AddRules(new NoFunction("EventResponder"));
            // It takes records and keeps them; a host with its Transformer finds them there.
            await directory.Account.AddDeliveryStreamAsync(new DeliveryStreamOptions { Name = Names.Stream }, directory.Bucket, new NoFunction("Transformer"));
            var own = await directory.ListenAsync(new EndpointOptions { OnFault = onFault });
            return new DataAccess(new Uri(own.Url), directory, own);
        }
        catch
        {
            await directory.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_directory is not null)
        {
            await _own!.DisposeAsync();
            await _directory.DisposeAsync();
        }
    }
}
