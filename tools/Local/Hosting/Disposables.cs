namespace DataToEvents.Local.Hosting;

/// <summary>What was opened so far, closed in reverse order unless the whole is kept.</summary>
internal sealed class Disposables : IAsyncDisposable
{
    private readonly Stack<object> _opened = new();

    public T Add<T>(T opened)
        where T : class
    {
        _opened.Push(opened);
        return opened;
    }

    /// <summary>Somebody else closes them.</summary>
    public void Keep() => _opened.Clear();

    public async ValueTask DisposeAsync()
    {
        while (_opened.TryPop(out var opened))
        {
            if (opened is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                ((IDisposable)opened).Dispose();
            }
        }
    }
}
