using DataToEvents.EndToEnd.Tests.Kills;

namespace DataToEvents.EndToEnd.Tests.Disks;

/// <summary>When the disk is full, the host says so in one line and ends. The next host has everything that was acknowledged.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SmallDiskFact]
    public async Task A_disk_that_runs_full_ends_the_host_with_one_line_and_with_more_room_all_that_was_acknowledged_is_delivered()
    {
        // The clients' 2,000 events take 8.3 MB.
        using var disk = await SmallDisk.MountAsync(_folder.PathOf("disk"), "6m");
        var data = Path.Combine(disk.Folder, "data");
        var clients = Clients.Of(4);
        using (var host = new StartedHost(disk.Start(BuiltTools.Local, "--data", data, "--port", "0", "--no-feed")))
        {
            await clients.FeedAsync((await host.AddressAsync())!);
            var (code, errors) = await host.EndAsync();

            code.Should().Be(1);
            // Either a file of the host or the database meets the full disk first.
            errors.Should().ContainSingle().Which.Should().MatchRegex($"^The data directory {Regex.Escape(data)} cannot be used: .*(No space left|disk is full).*\\. Make room and start again\\. What was acknowledged is there\\.$");
        }

        clients.Acknowledged.Should().NotBeEmpty();
        await disk.RemountAsync("size=200m");
        using var again = new StartedHost(disk.Start(BuiltTools.Local, "--data", data, "--port", "0", "--input", _folder.Write("empty.ndjson", "")));
        (await again.EndAsync()).Errors.Should().BeEmpty();
        RunningHost.LakeLines(Path.Combine(disk.FromOutside, "data")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)
            .Should().Contain(clients.Acknowledged);
    }

    [SmallDiskFact]
    public async Task A_data_directory_that_can_only_be_read_is_one_line()
    {
        using var disk = await SmallDisk.MountAsync(_folder.PathOf("disk"), "64m");
        var data = Path.Combine(disk.Folder, "data");
        using (var host = new StartedHost(disk.Start(BuiltTools.Local, "--data", data, "--port", "0", "--input", _folder.Write("one.ndjson", TestOrders.Order(1)))))
        {
            (await host.EndAsync()).ExitCode.Should().Be(0);
        }

        await disk.RemountAsync("ro");
        using var again = new StartedHost(disk.Start(BuiltTools.Local, "--data", data, "--port", "0", "--no-feed"));
        var (code, errors) = await again.EndAsync();

        code.Should().Be(2);
        errors.Should().ContainSingle().Which.Should().Match($"The data directory {data} cannot be used: Read-only file system*. Make it a directory that this user may write to and start again. *");
    }

    [Fact]
    public async Task A_second_host_on_a_data_directory_is_refused_and_the_first_goes_on()
    {
        using var first = await RunningHost.StartAsync(_folder.Data);

        var (code, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--no-feed");

        (code, errors).Should().Be((2, $"The data directory {_folder.Data} is in use by another host. Stop that one, or name another directory with --data.\n"));
        await first.PutAsync([TestOrders.Order(1)]);
        await first.AwaitDeliveredAsync(1);
    }
}
