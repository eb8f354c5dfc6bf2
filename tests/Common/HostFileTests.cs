namespace DataToEvents.Common.Tests;

public sealed class HostFileTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_running_host_is_found_until_it_ends()
    {
        using (HostFile.Write(_folder.Data, "http://127.0.0.1:5080"))
        {
            HostFile.FindRunning(_folder.Data).Should().Be(new Uri("http://127.0.0.1:5080"));
        }

        HostFile.FindRunning(_folder.Data).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"url":"http://127.0.0.1:1","pid":2147483647,"started":"2026-11-24T12:00:00Z"}""")]
    public void A_host_that_was_killed_is_not_taken_for_running(string left) => AssertStale(left);

    [Fact]
    public void Another_process_that_got_the_killed_hosts_id_is_not_taken_for_it() =>
        AssertStale($$"""{"url":"http://127.0.0.1:1","pid":{{Environment.ProcessId}},"started":"2020-01-01T00:00:00Z"}""");

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"url":5,"pid":"x","started":null}""")]
    public void What_no_host_wrote_is_reported(string content)
    {
        File.WriteAllText(_folder.File("host.json"), content);

        var find = () => HostFile.FindRunning(_folder.Data);

        find.Should().Throw<UserErrorException>().WithMessage("*host.json is not what a host writes*");
    }

    private void AssertStale(string left)
    {
        File.WriteAllText(_folder.File("host.json"), left);

        HostFile.FindRunning(_folder.Data).Should().BeNull();
    }
}
