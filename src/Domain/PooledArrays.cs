namespace DataToEvents.Domain;

/// <summary>
/// The shared pool of arrays. With the switch <c>DataToEvents.SpoilReturnedArrays</c>, which every test project sets, a returned array is
/// overwritten: code that still reads it then reads rubbish, and a test fails.
/// </summary>
public static class PooledArrays
{
    private const byte Rubbish = 0xDB;

    private static readonly bool IsSpoiling = AppContext.TryGetSwitch("DataToEvents.SpoilReturnedArrays", out var isOn) && isOn;

    /// <returns>At least this many bytes, with any content.</returns>
    public static byte[] Rent(int length) => ArrayPool<byte>.Shared.Rent(length);

    public static void Return(byte[] array)
    {
        if (IsSpoiling)
        {
            array.AsSpan().Fill(Rubbish);
        }

        ArrayPool<byte>.Shared.Return(array);
    }
}
