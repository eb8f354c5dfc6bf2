using DataToEvents.Emulator.Storage;
using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>A disk whose calls fail when a test wants it.</summary>
internal sealed class FaultyDisk : IDisk
{
    private readonly LocalDisk _disk = new();

    public Func<bool> FailsToWrite { get; set; } = static () => false;

    public Func<bool> FailsToSync { get; set; } = static () => false;

    /// <summary>The database syncs its redo log on a thread of its own, and SQLite's WAL on one of the pool.</summary>
    public static bool IsOfTheWal => Thread.CurrentThread.IsThreadPoolThread;

    public SafeFileHandle Open(string path, FileMode mode) => _disk.Open(path, mode);

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> bytes, long position)
    {
        if (FailsToWrite())
        {
            // A full disk takes a part, too.
            _disk.Write(file, [bytes[0]], position);
            throw new IOException("No space left on device");
        }

        _disk.Write(file, bytes, position);
    }

    public void Sync(SafeFileHandle file)
    {
        if (FailsToSync())
        {
            throw new IOException("Input/output error");
        }

        _disk.Sync(file);
    }
}
