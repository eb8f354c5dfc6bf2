using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Emulator.Storage;

/// <summary>The calls that durability hangs on. Each may fail at any time.</summary>
internal interface IDisk
{
    /// <exception cref="IOException">It cannot be opened.</exception>
    SafeFileHandle Open(string path, FileMode mode);

    /// <exception cref="IOException">Not all of it was written.</exception>
    void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> bytes, long position);

    /// <summary>Returns once all that was written to the file survives a loss of power.</summary>
    /// <exception cref="IOException">It may not.</exception>
    void Sync(SafeFileHandle file);
}
