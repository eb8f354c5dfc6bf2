using DataToEvents.Emulator.Storage;
using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Emulator.Tests.Storage;

/// <summary>A disk that can lose its power. Of the bytes that were not synced, each sector is then there or not.</summary>
internal sealed class LosingDisk : IDisk
{
    private const int Sector = 512;
    private static readonly TimeSpan AnotherWrite = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly LocalDisk _disk = new();
    private readonly Dictionary<SafeFileHandle, string> _paths = [];
    private readonly Dictionary<SafeFileHandle, List<(long Position, byte[] Old)>> _unsynced = [];
    private long _syncedWal;
    private Action? _crash;
    private int _syncsLeft;
    private int _writes;

    public SafeFileHandle Open(string path, FileMode mode)
    {
        var file = _disk.Open(path, mode);
        lock (_gate)
        {
            _paths[file] = path;
            _unsynced[file] = [];
        }

        return file;
    }

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> bytes, long position)
    {
        lock (_gate)
        {
            var old = new byte[bytes.Sum(part => part.Length)];
            RandomAccess.Read(file, old, position);
            _unsynced[file].Add((position, old));
            _disk.Write(file, bytes, position);
            _writes++;
            Monitor.PulseAll(_gate);
        }
    }

    public void Sync(SafeFileHandle file)
    {
        lock (_gate)
        {
            if (_crash is { } crash && _syncsLeft-- == 0)
            {
                // The worst moment: one frame is written and not synced, and the next one, if there is one, is written behind it.
                var writes = _writes;
                while (_writes == writes && Monitor.Wait(_gate, AnotherWrite))
                {
                    // Something was written.
                }

                crash();
                _crash = null;
            }

            _unsynced[file].Clear();
            _syncedWal = _paths[file].EndsWith("-wal", StringComparison.Ordinal) ? RandomAccess.GetLength(file) : _syncedWal;
        }
    }

    /// <summary>The power fails when that many syncs are done and the next one has been called.</summary>
    public void CrashAfter(int syncs, Action crash)
    {
        lock (_gate)
        {
            (_syncsLeft, _crash) = (syncs, crash);
        }
    }

    /// <summary>Writes the files of a database as a loss of power at this moment leaves them.</summary>
    public string LosePower(string path, string name, Random random)
    {
        lock (_gate)
        {
            var left = Things.Copy(path, name);
            foreach (var (file, writes) in _unsynced)
            {
                using var copy = _disk.Open(left + _paths[file][path.Length..], FileMode.Open);
                writes.ForEach(write => Lose(copy, write.Position, write.Old, random));
            }

            using var wal = _disk.Open($"{left}-wal", FileMode.OpenOrCreate);
            RandomAccess.SetLength(wal, random.NextInt64(Math.Min(_syncedWal, RandomAccess.GetLength(wal)), RandomAccess.GetLength(wal) + 1));
            return left;
        }
    }

    /// <summary>A disk writes whole sectors. Each sector that the write touched holds its new bytes or its old ones.</summary>
    private static void Lose(SafeFileHandle file, long position, byte[] old, Random random)
    {
        var lost = random.Next(3);
        for (var at = 0; at < old.Length;)
        {
            var length = (int)Math.Min(Sector - ((position + at) % Sector), old.Length - at);
            if (lost == 0 || (lost == 1 && random.Next(2) == 0))
            {
                RandomAccess.Write(file, old.AsSpan(at, length), position + at);
            }

            at += length;
        }
    }
}
