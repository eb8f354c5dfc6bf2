using System.Collections.Concurrent;

namespace DataToEvents.Emulator.Objects;

/// <summary>A bucket in a folder, one plain file an object; headers lie below <c>%meta</c>. One process at a time.</summary>
public sealed class DiskBucket : ObjectBucket
{
    /// <summary>No key leads to this name, see <see cref="KeyPath"/>.</summary>
    private const string TemporaryFolder = "%tmp";
    private const string HeaderFolder = "%meta";
    private const int MostTags = 100_000;

    private readonly string _root;
    private readonly string _temporary;
    private readonly HeaderFiles _headers;
    private readonly KeyLocks _locks = new();
    private readonly ConcurrentDictionary<string, (ObjectInfo Of, string ETag)> _tags = new();
    private long _writes;

    /// <param name="root">The folder, created when missing. Files that a crash left half written are removed.</param>
    /// <exception cref="IOException">The folder cannot be created or written.</exception>
    public DiskBucket(string root)
    {
        _root = Path.GetFullPath(root);
        _temporary = Path.Combine(_root, TemporaryFolder);
        _headers = new HeaderFiles(Path.Combine(_root, HeaderFolder), WriteAsync);
        if (Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }

        DurableFolders.Create(_temporary);
    }

    protected override async Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var temporary = await WriteAsync(body, cancellationToken);
        using var alone = await _locks.TakeAsync(key, cancellationToken);
        // Most objects have no headers and need no MD5.
        var md5 = headers.Count > 0 || _headers.Has(key) ? ObjectContent.Md5(body.Span) : null;
        if (md5 is not null)
        {
            await _headers.StoreAsync(key, md5, headers, cancellationToken);
        }

        var folder = Path.GetDirectoryName(path)!;
        DurableFolders.Create(folder);
        File.Move(temporary, path, overwrite: true);
        _tags.TryRemove(key, out _);
        DurableFolders.Sync(folder);
        if (md5 is not null)
        {
            _headers.RemoveAllBut(key, md5);
        }
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

    protected override async Task<ObjectContent?> LoadAllAsync(string key, CancellationToken cancellationToken)
    {
        using var alone = await _locks.TakeAsync(key, cancellationToken);
        if (await LoadAsync(key, cancellationToken) is not { } body || Info(key) is not { } info)
        {
            return null;
        }

        var content = new ObjectContent(body, info.Modified, await _headers.LoadAsync(key, ObjectContent.Md5(body), cancellationToken));
        if (_tags.Count >= MostTags)
        {
            _tags.Clear();
        }

        _tags[key] = (info, content.ETag);
        return content;
    }

    /// <summary>Another program may have replaced the file, so a tag is remembered with length and time.</summary>
    protected override async Task<string?> TagAsync(string key, CancellationToken cancellationToken) =>
        _tags.TryGetValue(key, out var known) && known.Of == Info(key) ? known.ETag : (await LoadAllAsync(key, cancellationToken))?.ETag;

    protected override Task<ObjectInfo?> DescribeAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Info(key));

    protected override async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        using var alone = await _locks.TakeAsync(key, cancellationToken);
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
            DurableFolders.Sync(Path.GetDirectoryName(path)!);
        }

        _tags.TryRemove(key, out _);
        if (_headers.Has(key))
        {
            _headers.RemoveAllBut(key, null);
        }
    }

    private ObjectInfo? Info(string key)
    {
        var file = new FileInfo(PathOf(key));
        return file.Exists ? new ObjectInfo(file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <returns>The path of a durable file with this content.</returns>
    private async Task<string> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(_temporary, $"{Interlocked.Increment(ref _writes)}");
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        await using (file)
        {
            await file.WriteAsync(content, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        return temporary;
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
        foreach (var entry in folder.EnumerateFileSystemInfos().Where(static entry => entry.Name is not (TemporaryFolder or HeaderFolder)))
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
