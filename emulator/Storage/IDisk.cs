namespace DataToEvents.Emulator.Storage;

/// <summary>The disk calls that durability depends on. Each may fail at any time. Tests replace them by disks with faults.</summary>
internal interface IDisk
{
    /// <exception cref="IOException">The file cannot be opened.</exception>
    SafeFileHandle Open(string path, FileMode mode);

    /// <exception cref="IOException">Not all bytes were written.</exception>
    void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> bytes, long position);

    /// <summary>Returns when all bytes written to the file survive a loss of power.</summary>
    /// <exception cref="IOException">They may not survive it.</exception>
    void Sync(SafeFileHandle file);
}
