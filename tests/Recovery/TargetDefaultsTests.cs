using DataToEvents.Common;
using DataToEvents.Recovery.Targets;

namespace DataToEvents.Recovery.Tests;

public sealed class TargetDefaultsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operator-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_folders_own_data_directory_is_taken_before_the_environment()
    {
        var data = _folder.CreateSubdirectory(".data");
        File.WriteAllText(Path.Combine(data.FullName, DataDirectory.DatabaseFile), "");

        var (found, endpoint) = Find(("AWS_ENDPOINT_URL", "http://127.0.0.1:9"));

        (found!.FullName, endpoint).Should().Be((data.FullName, null));
    }

    [Fact]
    public void A_folder_named_data_that_is_no_data_directory_is_not_taken()
    {
        _folder.CreateSubdirectory(".data");

        Find(("AWS_ENDPOINT_URL", "http://127.0.0.1:9")).Should().Be(((DirectoryInfo?)null, new Uri("http://127.0.0.1:9")));
        _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Should().ContainSingle();
    }

    [Theory]
    [InlineData("AWS_REGION", "eu-north-1")]
    [InlineData("AWS_DEFAULT_REGION", "eu-north-1")]
    [InlineData("AWS_PROFILE", "shop")]
    public void An_environment_that_speaks_of_AWS_means_AWS(string name, string value) => Find((name, value)).Should().Be(((DirectoryInfo?)null, (Uri?)null));

    [Fact]
    public void Otherwise_the_three_ways_are_said()
    {
        var find = () => Find();

        find.Should().Throw<UserErrorException>().WithMessage("where the path is was not said*--data DIR*--endpoint-url URL*--bucket NAME*");
    }

    private (DirectoryInfo? Data, Uri? Endpoint) Find(params (string Name, string Value)[] environment) =>
        new TargetDefaults(_folder.FullName, name => environment.FirstOrDefault(variable => variable.Name == name).Value).Find();
}
