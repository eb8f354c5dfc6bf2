using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Common.Tests;

public sealed class DataAccessTests : IAsyncLifetime
{
    private static readonly BasicAWSCredentials Credentials = new("any", "any");

    private readonly ScratchFolder _folder = new();

    /// <summary>A host has used the directory.</summary>
    public async Task InitializeAsync() => await (await DataDirectory.OpenAsync(_folder.Data, audit: false)).DisposeAsync();

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_folder_that_no_host_was_started_over_is_refused_with_one_line_and_left_as_it_is()
    {
        using var other = new ScratchFolder();
        await File.WriteAllTextAsync(other.File("notes.txt"), "mine");

        var open = () => DataAccess.OpenAsync(other.Data, Throw);

        (await open.Should().ThrowAsync<UserErrorException>()).WithMessage(
            $"{other.Data.FullName} is not a data directory: it has no datatoevents.db. Name the directory that the local host was started with (*");
        Directory.EnumerateFileSystemEntries(other.Data.FullName).Should().Equal(other.File("notes.txt"));
    }

    [Fact]
    public async Task Without_a_host_the_directory_gets_endpoints_of_its_own_and_keeps_what_is_put()
    {
        await using (var access = await OpenAsync())
        {
            access.IsHosted.Should().BeFalse();
            using var sqs = Sqs(access);
            var url = (await sqs.GetQueueUrlAsync(Names.DeadLetterQueue)).QueueUrl;
            await sqs.SendMessageAsync(new SendMessageRequest(url, "poison") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        }

        await using var again = await OpenAsync();
        using var client = Sqs(again);
        var received = await client.ReceiveMessageAsync((await client.GetQueueUrlAsync(Names.DeadLetterQueue)).QueueUrl);
        received.Messages.Single().Body.Should().Be("poison");
    }

    [Fact]
    public async Task With_a_host_its_address_is_given()
    {
        using var file = HostFile.Write(_folder.Data, "http://127.0.0.1:5080");

        await using var access = await OpenAsync();

        (access.IsHosted, access.Endpoint).Should().Be((true, new Uri("http://127.0.0.1:5080")));
    }

    [Fact]
    public async Task A_directory_in_use_or_missing_is_one_line()
    {
        await using var first = await OpenAsync();
        var second = OpenAsync;
        var missing = () => DataAccess.OpenAsync(new DirectoryInfo(_folder.File("none")), Throw);

        (await second.Should().ThrowAsync<UserErrorException>()).WithMessage("*in use by another host*");
        (await missing.Should().ThrowAsync<UserErrorException>()).WithMessage("*none does not exist. Name the directory *");
    }

    [Fact]
    public async Task The_bucket_holds_the_known_prefixes_and_nothing_else_of_the_directory()
    {
        await using var access = await OpenAsync();
        using var s3 = S3(access);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Names.Bucket, Key = "payloads/1.bin", ContentBody = "kept" });
        await s3.DeleteObjectAsync(Names.Bucket, "datatoevents.db");
        var put = () => s3.PutObjectAsync(new PutObjectRequest { BucketName = Names.Bucket, Key = "datatoevents.db", ContentBody = "x" });
        var get = () => s3.GetObjectAsync(Names.Bucket, "datatoevents.db");

        (await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Names.Bucket })).S3Objects.Select(entry => entry.Key).Should().Equal("payloads/1.bin");
        (await put.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("InvalidArgument");
        (await get.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("NoSuchKey");
        File.Exists(_folder.File("datatoevents.db")).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "lake/a.gz", "quarantine/b.json")]
    [InlineData("la", "lake/a.gz")]
    [InlineData("lake/", "lake/a.gz")]
    [InlineData("lake/a.gz.", new string[0])]
    [InlineData("d", new string[0])]
    public async Task Listings_are_by_prefix_and_in_order(string prefix, params string[] expected)
    {
        await using var directory = await DataDirectory.OpenAsync(_folder.Data, audit: false);
        await directory.Bucket.PutAsync("quarantine/b.json", "{}"u8.ToArray());
        await directory.Bucket.PutAsync("lake/a.gz", "x"u8.ToArray());

        (await directory.Bucket.ListAsync(prefix)).Should().Equal(expected);
        directory.Bucket.Quarantined.Should().Be(1);
    }

    [Fact]
    public async Task There_is_an_audit_queue_from_the_first_host_on_that_wants_one()
    {
        await using (var plain = await DataDirectory.OpenAsync(_folder.Data, audit: false))
        {
            plain.Audit.Should().BeNull();
        }

        await using (var audited = await DataDirectory.OpenAsync(_folder.Data, audit: true))
        {
            audited.Audit.Should().NotBeNull();
        }

        await using var again = await DataDirectory.OpenAsync(_folder.Data, audit: false);
        again.Audit.Should().NotBeNull();
    }

    private Task<DataAccess> OpenAsync() => DataAccess.OpenAsync(_folder.Data, Throw);

    private static void Throw(Exception fault) => throw fault;

    private static AmazonSQSClient Sqs(DataAccess access) => new(Credentials, new AmazonSQSConfig { ServiceURL = access.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });

    private static AmazonS3Client S3(DataAccess access) =>
        new(Credentials, new AmazonS3Config { ServiceURL = access.Endpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
}
