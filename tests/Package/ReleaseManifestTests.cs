namespace DataToEvents.Package.Tests;

public sealed class ReleaseManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("release-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_file_stands_in_it_with_its_size_and_sum()
    {
        File.WriteAllText(Path.Combine(_folder, "b.zip"), "abc");
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "");

        ReleaseManifest.Write(_folder, "0.7.0", "1edc03a");
        // A second time: neither lists itself or the other.
        ReleaseManifest.Write(_folder, "0.7.0", "1edc03a");

        const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        File.ReadAllText(Path.Combine(_folder, "SHA256SUMS")).Should().Be($"{Empty}  a.txt\n{Abc}  b.zip\n");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "manifest.json")))!;
        manifest.ToJsonString().Should().Be(
            $$"""{"version":"0.7.0","commit":"1edc03a","files":[{"name":"a.txt","bytes":0,"sha256":"{{Empty}}"},{"name":"b.zip","bytes":3,"sha256":"{{Abc}}"}]}""");
    }

    [Fact]
    public void A_folder_without_files_is_no_release() =>
        FluentActions.Invoking(() => ReleaseManifest.Write(_folder, "0.7.0", "1edc03a")).Should().Throw<PackageException>().WithMessage("*holds no file*");
}
