namespace DataToEvents.Emulator.Storage;

/// <summary>
/// The changes since the last commit of the SQLite file. They lie in two files, which take turns: one generation each. A frame holds the changes of
/// one group of units of work and is durable when its file is synced. The files are overwritten and not created anew, because a sync of
/// existing blocks is much faster than one that makes a file longer.
/// </summary>
internal sealed class RedoLog : IDisposable
{
    private readonly IDisk _disk;
    private readonly RedoReader[] _readers;
    private readonly SafeFileHandle[] _files;
    private readonly byte[] _header = new byte[RedoFrame.Bytes];
    private uint _last;

    /// <param name="path">The path of the SQLite file, whose lock keeps other processes away.</param>
    /// <param name="disk">The disk.</param>
    public RedoLog(string path, IDisk disk)
    {
        _disk = disk;
        string[] paths = [$"{path}-redo0", $"{path}-redo1"];
        _files = Array.ConvertAll(paths, path => disk.Open(path, FileMode.OpenOrCreate));
        _readers = [new RedoReader(_files[0], paths[0]), new RedoReader(_files[1], paths[1])];
    }

    public long Generation { get; private set; }

    /// <summary>The offset at which the next frame of this generation will begin, in bytes.</summary>
    public long Position { get; private set; }

    private SafeFileHandle Current => _files[Generation & 1];

    /// <summary>Begins a generation at the front of its file, over the generation before the last.</summary>
    public void Begin(long generation) => (Generation, Position) = (generation, 0);

    /// <summary>Writes a frame. It is durable when the file is synced.</summary>
    /// <returns>The file to sync.</returns>
    /// <exception cref="IOException">The disk did not take the frame.</exception>
    public SafeFileHandle Append(ReadOnlyMemory<byte> frame)
    {
        var header = RedoFrame.Of(Generation, _last, frame.Span);
        header.Write(_header);
        _disk.Write(Current, [_header, frame], Position);
        Position += RedoFrame.Bytes + frame.Length;
        _last = header.Checksum;
        return Current;
    }

    /// <summary>Reads the frames of a generation and of those after it. To be called at the start, before the first <see cref="Begin"/>.</summary>
    /// <returns>The first generation that has no frame.</returns>
    /// <exception cref="DamagedLogException">A frame that was durable is missing.</exception>
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

    /// <summary>Reads the frames of the generation that is being written.</summary>
    /// <exception cref="DamagedLogException">The file lacks a frame that was written.</exception>
    public void ReplayCurrent(Action<ReadOnlyMemory<byte>> apply)
    {
        var end = 0L;
        foreach (var (header, frame) in _readers[Generation & 1].Read(Generation, last: null))
        {
            apply(frame);
            end += RedoFrame.Bytes + header.Length;
        }

        _readers[Generation & 1].CheckEnd(end, Position);
    }

    public void Dispose() => Array.ForEach(_files, file => file.Dispose());
}
