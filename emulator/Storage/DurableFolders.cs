namespace DataToEvents.Emulator.Storage;

/// <summary>Makes names in folders durable: a new file survives a loss of power only when its folder is synced too. .NET has no call for that, so this calls POSIX.</summary>
internal static class DurableFolders
{
    /// <summary>Creates a folder and its missing parents, durably.</summary>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            Create(parent);
        }

        Directory.CreateDirectory(folder);
        if (parent is not null)
        {
            Sync(parent);
        }
    }

    /// <summary>Makes the names in a folder durable. Does nothing on Windows.</summary>
    /// <exception cref="IOException">The disk refused. The names in the folder may not survive a loss of power.</exception>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, flags: 0);
        if (handle < 0)
        {
            throw Error(folder);
        }

        try
        {
            if (Sync(handle) != 0)
            {
                throw Error(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Error(string folder) =>
        new($"Cannot sync the folder '{folder}': {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
