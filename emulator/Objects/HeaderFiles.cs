namespace DataToEvents.Emulator.Objects;

/// <summary>
/// Stores the headers of a bucket's objects: one file for each object that has headers. The file's name is made of the object's key and the MD5 of its content.
/// The file is written before the object, so a crash between the two writes leaves the old object with its old headers.
/// </summary>
/// <param name="root">The folder for the files. The first write creates it.</param>
/// <param name="write">Writes a file durably to a temporary place and returns its path.</param>
internal sealed class HeaderFiles(string root, Func<ReadOnlyMemory<byte>, CancellationToken, Task<string>> write)
{
    /// <summary>Whether an object has or had headers.</summary>
    public bool Has(string key) => Directory.Exists(FolderOf(key));

    /// <summary>Stores the headers that an object will have once its content has this MD5.</summary>
    public async Task StoreAsync(string key, string md5, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var folder = FolderOf(key);
        DurableFolders.Create(folder);
        if (headers.Count == 0)
        {
            File.Delete(Path.Combine(folder, md5));
        }
        else
        {
            var lines = string.Concat(headers.Select(static header => $"{header.Key}:{header.Value}\n"));
            File.Move(await write(Encoding.UTF8.GetBytes(lines), cancellationToken), Path.Combine(folder, md5), overwrite: true);
        }

        DurableFolders.Sync(folder);
    }

    /// <summary>Removes the header files that belong to earlier contents of an object.</summary>
    /// <param name="key">The object.</param>
    /// <param name="md5">The MD5 of the content whose headers stay; null to remove all.</param>
    public void RemoveAllBut(string key, string? md5)
    {
        foreach (var file in new DirectoryInfo(FolderOf(key)).EnumerateFiles().Where(file => file.Name != md5))
        {
            file.Delete();
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> LoadAsync(string key, string md5, CancellationToken cancellationToken)
    {
        var file = Path.Combine(FolderOf(key), md5);
        return File.Exists(file)
            ? (await File.ReadAllLinesAsync(file, cancellationToken)).Select(static line => line.Split(':', 2)).ToDictionary(static pair => pair[0], static pair => pair[1])
            : ObjectContent.NoHeaders;
    }

    /// <summary>No key's folder has the name of another key's file, see <see cref="KeyPath"/>.</summary>
    private string FolderOf(string key) => Path.Combine(root, KeyPath.Of(key));
}
