namespace DataToEvents.Domain.Unpacking;

/// <summary>Unpacks records that a producer compressed. A catalog names it where such records are to be read.</summary>
public interface IUnpacker
{
    /// <summary>The name of the format in a catalog.</summary>
    string Name { get; }

    /// <summary>Whether a record begins as its kind does.</summary>
    bool Recognises(ReadOnlySpan<byte> record);

    /// <summary>Appends what a record holds, until it is all there or more than <paramref name="limit"/> bytes.</summary>
    /// <exception cref="InvalidDataException">The record is broken, or is cut off.</exception>
    void Unpack(ReadOnlyMemory<byte> record, PooledBytes unpacked, int limit);
}
