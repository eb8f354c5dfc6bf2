using System.Formats.Tar;
using System.IO.Compression;

namespace DataToEvents.Package.Tests;

/// <summary>The image's tar, read as the OCI image layout says, and as <c>docker load</c> reads it.</summary>
public sealed class ContainerImageTests : IDisposable
{
    private static readonly ImageSettings Settings = new(["/app/dte", "run"], ["--no-feed"], 10001, "/data", 5080, ["/app/dte", "status"]);

    private readonly string _folder = Directory.CreateTempSubdirectory("image-").FullName;

    public ContainerImageTests()
    {
        Directory.CreateDirectory(Path.Combine(Root, "app"));
        File.WriteAllText(Path.Combine(Root, "app", "dte"), "program");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(Root, "app", "dte"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        File.WriteAllText(Path.Combine(Root, "app", new string('n', 120) + ".txt"), "a long name");
        File.CreateSymbolicLink(Path.Combine(Root, "lib64"), "usr/lib64");
    }

    private string Root => Path.Combine(_folder, "root");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Digests_and_sizes_are_those_of_the_blobs()
    {
        var files = Written("image.tar");
        Parse(files["oci-layout"])["imageLayoutVersion"]!.GetValue<string>().Should().Be("1.0.0");

        var listed = Parse(files["index.json"])["manifests"]!.AsArray().Single()!;
        var manifest = Parse(Blob(files, listed));
        var config = Parse(Blob(files, manifest["config"]!));
        var layer = Unpack(Blob(files, manifest["layers"]!.AsArray().Single()!));

        config["rootfs"]!["diff_ids"]!.AsArray().Single()!.GetValue<string>().Should().Be(Digest(layer));
        var docker = Parse(files["manifest.json"]).AsArray().Single()!;
        docker["RepoTags"]!.ToJsonString().Should().Be("""["datatoevents:0.7.0"]""");
        files[docker["Config"]!.GetValue<string>()].Should().Equal(Blob(files, manifest["config"]!));
        files[docker["Layers"]!.AsArray().Single()!.GetValue<string>()].Should().Equal(Blob(files, manifest["layers"]!.AsArray().Single()!));
    }

    [Fact]
    public void It_runs_as_a_user_who_owns_only_the_volume()
    {
        var files = Written("image.tar");
        var manifest = Parse(Blob(files, Parse(files["index.json"])["manifests"]!.AsArray().Single()!));
        var config = Parse(Blob(files, manifest["config"]!))["config"]!;

        config["User"]!.GetValue<string>().Should().Be("10001");
        config["Entrypoint"]!.ToJsonString().Should().Be("""["/app/dte","run"]""");
        config["Volumes"]!.ToJsonString().Should().Be("""{"/data":{}}""");
        config["ExposedPorts"]!.ToJsonString().Should().Be("""{"5080/tcp":{}}""");
        config["Healthcheck"]!["Test"]!.ToJsonString().Should().Be("""["CMD","/app/dte","status"]""");

        var entries = Entries(Unpack(Blob(files, manifest["layers"]!.AsArray().Single()!)));
        entries.Should().BeEquivalentTo(
        [
            "d rwxr-xr-x 0 app/", "f rwxr-xr-x 0 app/dte program", $"f rw-r--r-- 0 app/{new string('n', 120)}.txt a long name", "d rwxr-xr-x 10001 data/", "l 0 lib64 usr/lib64", "d rwxrwxrwt 0 tmp/",
        ]);
    }

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        Written("one.tar");
        Directory.SetLastWriteTimeUtc(Path.Combine(Root, "app"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(Path.Combine(Root, "app", "dte"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Written("two.tar");

        File.ReadAllBytes(Path.Combine(_folder, "two.tar")).Should().Equal(File.ReadAllBytes(Path.Combine(_folder, "one.tar")));
    }

    [Fact]
    public void Settings_with_a_member_that_means_nothing_are_refused()
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, """{"entrypoint":["/app/dte"],"cmd":[],"user":1,"workingDir":"/data","port":5080,"health":[],"hops":1}""");

        FluentActions.Invoking(() => ImageSettings.Read(file)).Should().Throw<PackageException>().WithMessage("*settings.json*hops*");
    }

    private Dictionary<string, byte[]> Written(string name)
    {
        var image = Path.Combine(_folder, name);
        ContainerImage.Write(Root, image, "datatoevents:0.7.0", "amd64", Settings);
        using var tar = new TarReader(File.OpenRead(image));
        var files = new Dictionary<string, byte[]>();
        while (tar.GetNextEntry() is { } entry)
        {
            files.Add(entry.Name, Read(entry));
        }

        return files;
    }

    private static byte[] Blob(Dictionary<string, byte[]> files, JsonNode descriptor)
    {
        var digest = descriptor["digest"]!.GetValue<string>();
        var blob = files[$"blobs/{digest.Replace(':', '/')}"];
        Digest(blob).Should().Be(digest);
        descriptor["size"]!.GetValue<long>().Should().Be(blob.Length);
        return blob;
    }

    private static List<string> Entries(byte[] layer)
    {
        using var tar = new TarReader(new MemoryStream(layer));
        var entries = new List<string>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add(entry.EntryType switch
            {
                TarEntryType.SymbolicLink => $"l {entry.Uid} {entry.Name} {entry.LinkName}",
                TarEntryType.Directory => $"d {Rights(entry.Mode)} {entry.Uid} {entry.Name}",
                _ => $"f {Rights(entry.Mode)} {entry.Uid} {entry.Name} {Encoding.UTF8.GetString(Read(entry))}",
            });
        }

        return entries;
    }

    private static string Rights(UnixFileMode mode) => string.Concat(Enumerable.Range(0, 9).Select(bit => ((int)mode & (1 << (8 - bit))) == 0 ? '-' : bit == 8 && mode.HasFlag(UnixFileMode.StickyBit) ? 't' : "rwx"[bit % 3]));

    private static byte[] Read(TarEntry entry)
    {
        using var content = new MemoryStream();
        entry.DataStream?.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var content = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        gzip.CopyTo(content);
        return content.ToArray();
    }

    private static string Digest(byte[] blob) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(blob))}";

    private static JsonNode Parse(byte[] json) => JsonNode.Parse(json)!;
}
