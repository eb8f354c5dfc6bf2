using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Adapters.Embedded.Storage;

/// <summary>
/// The changes since the last commit of the SQLite file, in two files that take turns, a generation each. A frame holds the changes of
/// a group of units of work and is durable once its file is synced. Files are written over, not anew: a sync of blocks that
/// exist costs a fraction of one that makes a file longer.
/// </summary>
internal sealed class RedoLog : IDisposable
{
    /// <summary>Length (int), checksum (uint) and generation (long).</summary>
    private const int HeaderBytes = sizeof(int) + sizeof(uint) + sizeof(long);

    private readonly SafeFileHandle[] _files;
    private readonly byte[] _header = new byte[HeaderBytes];

    /// <param name="path">Of the SQLite file, whose lock keeps other processes away.</param>
    public RedoLog(string path) => _files =
    [
        File.OpenHandle($"{path}-redo0", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite),
        File.OpenHandle($"{path}-redo1", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite),
    ];

    public long Generation { get; private set; }

    /// <summary>Where the next frame of this generation will begin.</summary>
    public long Position { get; private set; }

    private SafeFileHandle Current => _files[Generation & 1];

    /// <summary>Begins a generation at the front of its file, over the one before the last.</summary>
    public void Begin(long generation) => (Generation, Position) = (generation, 0);

    /// <returns>The file to sync: the frame is durable after that.</returns>
    /// <exception cref="IOException">The disk did not take the frame: it is as if it had never been.</exception>
    public SafeFileHandle Append(ReadOnlyMemory<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_header, frame.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_header.AsSpan(8), Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(_header.AsSpan(4), Checksum(Generation, frame.Span));
        RandomAccess.Write(Current, [_header, frame], Position);
        Position += HeaderBytes + frame.Length;
        return Current;
    }

    /// <summary>The frames of a generation, up to the first that was not written whole.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read(long generation)
    {
        var file = _files[generation & 1];
        var header = new byte[HeaderBytes];
        for (var position = 0L; RandomAccess.Read(file, header, position) == HeaderBytes;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            position += HeaderBytes;
            if (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8)) != generation || length <= 0 || length > RandomAccess.GetLength(file) - position)
            {
                yield break;
            }

            var frame = new byte[length];
            if (RandomAccess.Read(file, frame, position) != length
                || Checksum(generation, frame) != BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))
            {
                yield break;
            }

            position += length;
            yield return frame;
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    /// <summary>Nothing but the data: .NET's own flush also waits for the file's time stamp.</summary>
    public static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FDataSync(file) != 0)
        {
            throw new IOException($"Cannot sync the redo log: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    private static uint Checksum(long generation, ReadOnlySpan<byte> frame)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)generation);
        var words = MemoryMarshal.Cast<byte, ulong>(frame);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in frame[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return sum;
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FDataSync(SafeFileHandle file);
}
