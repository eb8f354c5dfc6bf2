using System.IO.Compression;

namespace DataToEvents.Package.Tests;

public sealed class FunctionPackageTests : IDisposable
{
    private const string Executable = "Some.Function";

    private readonly string _folder = Directory.CreateTempSubdirectory("package-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_executable_is_bootstrap_at_the_root_with_the_run_bit()
    {
        var published = Publish((Executable, "machine code"), ("catalog.json", "{}"));

        using var zip = ZipFile.OpenRead(Write(published));

        var bootstrap = zip.GetEntry("bootstrap")!;
        Mode(bootstrap).Should().Be(Convert.ToInt32("100755", 8));
        new StreamReader(bootstrap.Open()).ReadToEnd().Should().Be("machine code");
    }

    [Fact]
    public void Data_files_lie_beside_it_readable_and_not_executable()
    {
        var published = Publish((Executable, "machine code"), ("catalog.json", "{}"));

        using var zip = ZipFile.OpenRead(Write(published));

        zip.Entries.Select(entry => entry.FullName).Should().Equal("bootstrap", "catalog.json");
        Mode(zip.GetEntry("catalog.json")!).Should().Be(Convert.ToInt32("100644", 8));
    }

    [Fact]
    public void Symbols_stay_out()
    {
        var published = Publish((Executable, "machine code"), (Executable + ".dbg", "symbols"));

        using var zip = ZipFile.OpenRead(Write(published));

        zip.Entries.Should().ContainSingle();
    }

    [Fact]
    public void The_same_files_give_the_same_bytes_whenever_and_in_whatever_order_they_were_written()
    {
        var one = Publish((Executable, "machine code"), ("a.json", "1"), ("b.json", "2"));
        var other = Publish(("b.json", "2"), ("a.json", "1"), (Executable, "machine code"));
        File.SetLastWriteTimeUtc(Path.Combine(other, "a.json"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        File.ReadAllBytes(Write(other)).Should().Equal(File.ReadAllBytes(Write(one)));
    }

    [Fact]
    public void An_older_package_is_replaced()
    {
        var zip = Write(Publish((Executable, "machine code"), ("catalog.json", "{}")));

        FunctionPackage.Write(Publish((Executable, "better")), Executable, zip);

        using var archive = ZipFile.OpenRead(zip);
        archive.Entries.Should().ContainSingle();
    }

    private static int Mode(ZipArchiveEntry entry) => (entry.ExternalAttributes >> 16) & 0xFFFF;

    private string Publish(params (string Name, string Content)[] files)
    {
        var published = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString())).FullName;
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(published, name), content);
        }

        return published;
    }

    private static string Write(string published)
    {
        var zip = published + ".zip";
        FunctionPackage.Write(published, Executable, zip);
        return zip;
    }
}
