namespace DataToEvents.Local.Hosting;

/// <summary>Closes what was opened so far, in reverse order, unless Keep was called.</summary>
internal sealed class Disposables : IAsyncDisposable
{
    private readonly Stack<object> _opened = new();

    public T Add<T>(T opened)
        where T : class
    {
        _opened.Push(opened);
        return opened;
    }

    /// <summary>Gives up the disposables, because another object disposes them from now on.</summary>
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
