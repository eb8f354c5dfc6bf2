namespace DataToEvents.Domain;

/// <summary>Bytes that grow, in an array of the shared pool; it goes back when they are disposed of.</summary>
public sealed class PooledBytes(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = PooledArrays.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_array.Length - Length < Math.Max(sizeHint, 1))
        {
            Grow(sizeHint);
        }

        return _array.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            PooledArrays.Return(_array);
            (_array, Length) = ([], 0);
        }
    }

    private void Grow(int sizeHint)
    {
        var larger = PooledArrays.Rent(Math.Max(2 * _array.Length, Length + sizeHint));
        _array.AsSpan(0, Length).CopyTo(larger);
        PooledArrays.Return(_array);
        _array = larger;
    }
}
