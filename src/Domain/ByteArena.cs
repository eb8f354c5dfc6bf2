namespace DataToEvents.Domain;

/// <summary>
/// Memory for the bytes of one batch, taken from the shared pool and given back together. If it is never disposed of, the garbage collector takes
/// it; that costs speed only.
/// </summary>
public sealed class ByteArena : IDisposable
{
    private const int ChunkBytes = 256 * 1024;

    private readonly List<byte[]> _chunks = [];
    private int _used;

    /// <summary>Returns this many bytes with any content, valid until the arena is disposed of.</summary>
    public Memory<byte> Take(int length)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < length)
        {
            _chunks.Add(PooledArrays.Rent(Math.Max(length, ChunkBytes)));
            _used = 0;
        }

        var taken = _chunks[^1].AsMemory(_used, length);
        _used += length;
        return taken;
    }

    public void Dispose()
    {
        foreach (var chunk in _chunks)
        {
            PooledArrays.Return(chunk);
        }

        _chunks.Clear();
    }
}
