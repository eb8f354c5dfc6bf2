namespace DataToEvents.Emulator.Server;

/// <summary>Limits the memory that all request bodies together occupy at one time.</summary>
/// <param name="bytes">The limit.</param>
internal sealed class BodyBudget(long bytes)
{
    private long _free = bytes;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _free, -bytes) >= 0)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _free, bytes);
}
