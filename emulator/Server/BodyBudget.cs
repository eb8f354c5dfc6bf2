namespace DataToEvents.Emulator.Server;

/// <summary>Bounds the memory that request bodies occupy at one time, however many clients send them.</summary>
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
