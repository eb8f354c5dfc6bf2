namespace DataToEvents.Emulator.Storage;

/// <summary>The disk of this machine.</summary>
internal sealed class LocalDisk : IDisk
{
    public SafeFileHandle Open(string path, FileMode mode)
    {
        var isNew = !File.Exists(path);
        var file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (isNew)
        {
            // A file is lost after a power failure unless its folder was synced as well.
            DurableFolders.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        return file;
    }

    public void Write(SafeFileHandle file, IReadOnlyList<ReadOnlyMemory<byte>> bytes, long position) => RandomAccess.Write(file, bytes, position);

    /// <summary>Syncs the data only (fdatasync). .NET's own flush also waits for the file's time stamps.</summary>
    public void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FDataSync(file) != 0)
        {
            throw new IOException($"Cannot sync: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FDataSync(SafeFileHandle file);
}
