namespace DataToEvents.Emulator.Storage;

/// <summary>
/// Byte arrays from the shared pool. Test projects set the switch <c>DataToEvents.SpoilReturnedArrays</c>: an array is then overwritten when it is returned,
/// so that a test fails if it is read after that.
/// </summary>
internal static class SharedArrays
{
    private static readonly bool OverwritesReturned = AppContext.TryGetSwitch("DataToEvents.SpoilReturnedArrays", out var isOn) && isOn;

    /// <returns>At least this many bytes, with any content.</returns>
    public static byte[] Rent(int length) => ArrayPool<byte>.Shared.Rent(length);

    public static void Return(byte[] array)
    {
        if (OverwritesReturned)
        {
            array.AsSpan().Fill(0xDB);
        }

        ArrayPool<byte>.Shared.Return(array);
    }
}
