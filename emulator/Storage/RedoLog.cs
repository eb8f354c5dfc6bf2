using Microsoft.Win32.SafeHandles;

namespace DataToEvents.Emulator.Storage;

/// <summary>
/// The changes since the last commit of the SQLite file, in two files that take turns, a generation each. A frame holds the changes of
/// a group of units of work and is durable once its file is synced. Files are written over, not anew: a sync of blocks that
/// exist costs a fraction of one that makes a file longer.
/// </summary>
internal sealed class RedoLog : IDisposable
{
    private readonly IDisk _disk;
    private readonly RedoReader[] _readers;
    private readonly SafeFileHandle[] _files;
    private readonly byte[] _header = new byte[RedoFrame.Bytes];
    private uint _last;

    /// <param name="path">Of the SQLite file, whose lock keeps other processes away.</param>
    /// <param name="disk">What writes.</param>
    public RedoLog(string path, IDisk disk)
    {
        _disk = disk;
        string[] paths = [$"{path}-redo0", $"{path}-redo1"];
        _files = Array.ConvertAll(paths, path => disk.Open(path, FileMode.OpenOrCreate));
        _readers = [new RedoReader(_files[0], paths[0]), new RedoReader(_files[1], paths[1])];
    }

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
        var header = RedoFrame.Of(Generation, _last, frame.Span);
        header.Write(_header);
        _disk.Write(Current, [_header, frame], Position);
        Position += RedoFrame.Bytes + frame.Length;
        _last = header.Checksum;
        return Current;
    }

    /// <summary>Hands out the frames from a generation on, each with its generation. For the start, before the first <see cref="Begin"/>.</summary>
    /// <returns>The first generation of which there is none.</returns>
    /// <exception cref="DamagedLogException">Something is missing that was durable once.</exception>
    public long Replay(long generation, Action<long, ReadOnlyMemory<byte>> apply)
    {
        uint? last = null;
        for (; _readers[generation & 1].Holds(generation); generation++)
        {
            foreach (var (header, frame) in _readers[generation & 1].Read(generation, last))
            {
                last = header.Checksum;
                apply(generation, frame);
            }
        }

        Array.ForEach(_readers, reader => reader.CheckIsBefore(generation));
        return generation;
    }

    public void Dispose() => Array.ForEach(_files, file => file.Dispose());
}
