namespace DataToEvents.Hosting;
public sealed class UserErrorException(string message) : Exception(message);
public sealed class DataAccess : IAsyncDisposable
{
    public Uri Endpoint { get; } = new("http://127.0.0.1");
    public bool IsHosted { get; } = true;
    public static Task<DataAccess> OpenAsync(DirectoryInfo data, Action<Exception> onFault) => throw new NotSupportedException();
    public ValueTask DisposeAsync() => default;
}
