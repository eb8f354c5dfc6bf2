using DataToEvents.EndToEnd.Tests.Documents;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The AWS CLI sends requests that the host does not support. The CLI prints the refusal and fails, and the data is not changed.</summary>
public sealed class UnsupportedRequestTests(SharedHost shared) : IClassFixture<SharedHost>, IDisposable
{
    private const string Object = "s3://data-events/recovered/x";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PUT", "recovered/y", "x-amz-copy-source", "/data-events/recovered/x?versionId=v")]
    [InlineData("PUT", "recovered/x?tagging", null, null)]
    [InlineData("GET", "recovered/x", "x-amz-server-side-encryption-customer-algorithm", "AES256")]
    public async Task A_request_that_the_bucket_cannot_do_is_refused_and_changes_nothing(string method, string target, string? header, string? value)
    {
        var host = await ReadyAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"data-events/{target}") { Content = method == "PUT" ? new StringContent("<Tagging/>") : null };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await host.Client.SendAsync(request);

        ((int)answer.StatusCode).Should().Be(501);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("<Code>NotImplemented</Code>");
        await NothingChangedAsync(host);
    }

    [AwsCliTheory]
    [InlineData("s3 cp FILE s3://data-events/recovered/y --storage-class GLACIER")]
    [InlineData("s3 cp FILE s3://data-events/recovered/y --sse AES256")]
    [InlineData("s3api put-object-tagging --bucket data-events --key recovered/x --tagging TagSet=[{Key=k,Value=v}]")]
    [InlineData("s3api delete-objects --bucket data-events --delete Objects=[{Key=recovered/x,VersionId=null}]")]
    [InlineData("s3api get-bucket-versioning --bucket data-events")]
    [InlineData("dynamodb scan --table-name data-events --attributes-to-get pk")]
    [InlineData("dynamodb scan --table-name data-events --index-name by-time")]
    public async Task A_command_for_what_the_host_cannot_do_fails_and_changes_nothing(string command)
    {
        var host = await ReadyAsync();
        var file = _folder.Write("file", "other");

        var (exitCode, output) = await RunAsync(host, command.Replace("FILE", file, StringComparison.Ordinal));

        exitCode.Should().NotBe(0, output);
        output.Should().MatchRegex("NotImplemented|ValidationException|functionality that is not implemented", command);
        File.ReadAllText(file).Should().Be("other");
        await NothingChangedAsync(host);
    }

    [AwsCliTheory]
    [InlineData("s3 cp FILE s3://data-events/recovered/y", "upload:")]
    [InlineData("s3 cp s3://data-events/recovered/x -", "note")]
    [InlineData("s3 ls s3://data-events/recovered/", "4 x")]
    [InlineData("s3 ls --recursive s3://data-events", "recovered/x")]
    [InlineData("s3 mv FILE s3://data-events/recovered/y", "move:")]
    [InlineData("s3 mv s3://data-events/recovered/x FILE", "move:")]
    [InlineData("s3 rm s3://data-events/recovered/x", "delete")]
    [InlineData("s3 mv s3://data-events/recovered/x s3://data-events/recovered/y", "move:")]
    [InlineData("s3 cp s3://data-events/recovered/x s3://data-events/recovered/y", "copy:")]
    [InlineData("s3 ls", "data-events")]
    [InlineData("s3api get-object --bucket data-events --key recovered/x --range bytes=0-1 FILE", "\"ContentRange\": \"bytes 0-1/4\"")]
    [InlineData("s3api put-object --bucket data-events --key recovered/y --body FILE --metadata a=b", "ETag")]
    [InlineData("s3api delete-objects --bucket data-events --delete Objects=[{Key=recovered/x}]", "recovered/x")]
    [InlineData("s3api get-bucket-location --bucket data-events", "LocationConstraint")]
    [InlineData("s3api head-object --bucket data-events --key recovered/x", "\"ContentLength\": 4")]
    [InlineData("s3api list-objects-v2 --bucket data-events --prefix recovered/", "recovered/x")]
    [InlineData("s3api put-object --bucket data-events --key recovered/y --body FILE --checksum-algorithm SHA256", "ETag")]
    [InlineData("s3api put-object --bucket data-events --key recovered/y --body FILE --if-none-match *", "ETag")]
    [InlineData("dynamodb scan --table-name data-events --select COUNT", "\"Count\": 0")]
    [InlineData("dynamodb list-tables", "data-events")]
    [InlineData("dynamodb describe-table --table-name data-events", "ACTIVE")]
    [InlineData("dynamodbstreams list-streams", "data-events")]
    public async Task A_command_for_what_the_host_does_still_succeeds(string command, string says)
    {
        var host = await ReadyAsync();

        var (exitCode, output) = await RunAsync(host, command.Replace("FILE", _folder.Write("file", "other"), StringComparison.Ordinal));

        exitCode.Should().Be(0, output);
        output.Should().Contain(says);
    }

    /// <summary>The host, with one object in its bucket beside the catalog.</summary>
    private async Task<RunningHost> ReadyAsync()
    {
        using var put = await shared.Host.Client.PutAsync("data-events/recovered/x", new StringContent("note"));
        put.EnsureSuccessStatusCode();
        using var delete = await shared.Host.Client.DeleteAsync("data-events/recovered/y");
        delete.EnsureSuccessStatusCode();
        return shared.Host;
    }

    private static async Task NothingChangedAsync(RunningHost host)
    {
        (await host.Client.GetStringAsync("data-events/recovered/x")).Should().Be("note");
        (await host.Client.GetStringAsync("data-events?list-type=2")).Split("<Key>").Skip(1).Select(static rest => rest.Split('<')[0])
            .Should().Equal(["catalog/catalog.zip", "recovered/x"], "{0} is the only object beside the host's catalog", Object);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(RunningHost host, string command)
    {
        var start = new ProcessStartInfo("aws", [.. command.Split(' '), "--endpoint-url", host.Url, "--region", "us-east-1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in new[] { ("AWS_ACCESS_KEY_ID", "any"), ("AWS_SECRET_ACCESS_KEY", "any"), ("AWS_MAX_ATTEMPTS", "1"), ("AWS_CONFIG_FILE", "/dev/null"), ("PYTHONIOENCODING", "utf-8") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
