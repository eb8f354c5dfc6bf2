namespace DataToEvents.Emulator.Objects;

/// <summary>A bucket in a folder, one plain file an object. One process at a time.</summary>
public sealed class DiskBucket : ObjectBucket
{
    /// <summary>No key leads to this name, see <see cref="KeyPath"/>.</summary>
    private const string TemporaryFolder = "%tmp";

    private readonly string _root;
    private readonly string _temporary;
    private long _writes;

    /// <param name="root">The folder, created when missing. Files that a crash left half written are removed.</param>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    public DiskBucket(string root)
    {
        _root = Path.GetFullPath(root);
        _temporary = Path.Combine(_root, TemporaryFolder);
        if (Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }

        DurableFolders.Create(_temporary);
    }

    protected override async Task StoreAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var temporary = Path.Combine(_temporary, $"{Interlocked.Increment(ref _writes)}");
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        await using (file)
        {
            await file.WriteAsync(body, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        var folder = Path.GetDirectoryName(path)!;
        DurableFolders.Create(folder);
        File.Move(temporary, path, overwrite: true);
        DurableFolders.Sync(folder);
    }

    protected override async Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    protected override Task<ObjectInfo?> DescribeAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult(file.Exists ? new ObjectInfo(file.Length, file.LastWriteTimeUtc) : null);
    }

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFolders.Sync(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    protected override Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        Collect(new DirectoryInfo(_root), "", prefix, keys);
        keys.Sort(ObjectKey.Order);
        return Task.FromResult<IReadOnlyList<string>>(keys);
    }

    private void Collect(DirectoryInfo folder, string folderKey, string prefix, List<string> keys)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(static entry => entry.Name != TemporaryFolder))
        {
            if (entry is not DirectoryInfo inner)
            {
                var key = folderKey + KeyPath.FileToKey(entry.Name);
                // Another program may have put a file here whose name no key leads to.
                if (key.StartsWith(prefix, StringComparison.Ordinal) && PathOf(key) == entry.FullName)
                {
                    keys.Add(key);
                }

                continue;
            }

            var innerKey = folderKey + KeyPath.FolderToKey(inner.Name);
            if (innerKey.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(innerKey, StringComparison.Ordinal))
            {
                Collect(inner, innerKey, prefix, keys);
            }
        }
    }

    private string PathOf(string key) => Path.Combine(_root, KeyPath.Of(key));
}
