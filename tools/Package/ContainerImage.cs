using System.Formats.Tar;
using System.IO.Compression;

namespace DataToEvents.Package;

/// <summary>
/// A container image with one layer and no base, as one tar: an OCI image layout (github.com/opencontainers/image-spec, image-layout.md) that also holds the
/// <c>manifest.json</c> of <c>docker save</c>, so that <c>docker load</c> and <c>podman load</c> take it. No container engine and no registry is asked. The same files give the same bytes.
/// </summary>
internal static class ContainerImage
{
    private const UnixFileMode Directories = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Programs = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Data = (UnixFileMode)0b110_100_100;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit;

    // The same files give the same image, whenever it is built.
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <param name="root">The image's files, as they lie under its root.</param>
    /// <param name="image">The tar to write.</param>
    /// <param name="name">Name and tag, such as <c>datatoevents:0.7.0</c>.</param>
    /// <param name="architecture">As OCI names it: <c>amd64</c> or <c>arm64</c>.</param>
    /// <param name="settings">What the image says of itself.</param>
    public static void Write(string root, string image, string name, string architecture, ImageSettings settings)
    {
        var layer = Layer(root, settings);
        var packed = Gzip(layer);
        var config = Json(new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["created"] = "1970-01-01T00:00:00Z",
            ["config"] = new JsonObject
            {
                ["User"] = $"{settings.User}",
                ["Entrypoint"] = Strings(settings.Entrypoint),
                ["Cmd"] = Strings(settings.Cmd),
                ["WorkingDir"] = settings.WorkingDir,
                ["Env"] = Strings(["PATH=/app", "HOME=" + settings.WorkingDir]),
                ["ExposedPorts"] = new JsonObject { [$"{settings.Port}/tcp"] = new JsonObject() },
                ["Volumes"] = new JsonObject { [settings.WorkingDir] = new JsonObject() },
                // Docker's own addition; OCI leaves it out. Nanoseconds.
                ["Healthcheck"] = new JsonObject
                {
                    ["Test"] = Strings(["CMD", .. settings.Health]),
                    ["Interval"] = 30_000_000_000,
                    ["Timeout"] = 10_000_000_000,
                    ["StartPeriod"] = 20_000_000_000,
                    ["Retries"] = 3,
                },
                ["Labels"] = new JsonObject { ["org.opencontainers.image.title"] = name.Split(':')[0], ["org.opencontainers.image.version"] = name.Split(':')[^1], ["org.opencontainers.image.licenses"] = "MIT" },
            },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Strings([Digest(layer)]) },
            ["history"] = new JsonArray(new JsonObject { ["created"] = "1970-01-01T00:00:00Z", ["created_by"] = "make release" }),
        });
        var manifest = Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", config),
            ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", packed)),
        });
        var listed = Descriptor("application/vnd.oci.image.manifest.v1+json", manifest);
        listed["annotations"] = new JsonObject { ["io.containerd.image.name"] = $"docker.io/library/{name}", ["org.opencontainers.image.ref.name"] = name.Split(':')[^1] };

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(image))!);
        using var file = File.Create(image);
        using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        Add(tar, "oci-layout", Json(new JsonObject { ["imageLayoutVersion"] = "1.0.0" }));
        Add(tar, "index.json", Json(new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.index.v1+json", ["manifests"] = new JsonArray(listed) }));
        Add(tar, "manifest.json", Json(new JsonArray(new JsonObject { ["Config"] = BlobOf(config), ["RepoTags"] = Strings([name]), ["Layers"] = Strings([BlobOf(packed)]) })));
        foreach (var blob in new[] { config, manifest, packed })
        {
            Add(tar, BlobOf(blob), blob);
        }
    }

    /// <summary>The files of the layer, as a tar.</summary>
    private static byte[] Layer(string root, ImageSettings settings)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            var home = settings.WorkingDir.TrimStart('/');
            foreach (var path in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(root, path)).Append(home).Append("tmp").Distinct().Order(StringComparer.Ordinal))
            {
                var source = new FileInfo(Path.Combine(root, path));
                if (source.LinkTarget is { } target)
                {
                    tar.WriteEntry(Entry(TarEntryType.SymbolicLink, path, Directories, link: target));
                }
                else if (!source.Exists)
                {
                    tar.WriteEntry(Entry(TarEntryType.Directory, path + "/", path == "tmp" ? Everybody : Directories, path == home ? settings.User : 0));
                }
                else
                {
                    using var content = source.OpenRead();
                    var isProgram = source.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
                    var entry = Entry(TarEntryType.RegularFile, path, isProgram ? Programs : Data);
                    entry.DataStream = content;
                    tar.WriteEntry(entry);
                }
            }
        }

        return bytes.ToArray();
    }

    private static PaxTarEntry Entry(TarEntryType type, string path, UnixFileMode mode, int owner = 0, string? link = null)
    {
        // Without them .NET writes the time of the call.
        var entry = new PaxTarEntry(type, path, [new("atime", "0"), new("ctime", "0")]) { Mode = mode, Uid = owner, Gid = owner, ModificationTime = Epoch };
        if (link is not null)
        {
            entry.LinkName = link;
        }

        return entry;
    }

    private static void Add(TarWriter tar, string name, byte[] content)
    {
        using var data = new MemoryStream(content, writable: false);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = Data, ModificationTime = Epoch, DataStream = data });
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static JsonObject Descriptor(string mediaType, byte[] blob) => new() { ["mediaType"] = mediaType, ["digest"] = Digest(blob), ["size"] = blob.Length };

    private static string BlobOf(byte[] blob) => $"blobs/{Digest(blob).Replace(':', '/')}";

    private static string Digest(byte[] blob) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(blob))}";

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static byte[] Json(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());
}
