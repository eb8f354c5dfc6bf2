using CsCheck;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Tests.Objects;

public abstract class ObjectBucketContract
{
    protected abstract ObjectBucket Bucket { get; }

    [Fact]
    public async Task An_object_is_read_back_byte_for_byte()
    {
        byte[] body = [0, 1, 2, 255, 10];

        await Bucket.PutAsync("lake/events/x.json.gz", body);

        (await Bucket.GetAsync("lake/events/x.json.gz")).Should().Equal(body);
        (await Bucket.ExistsAsync("lake/events/x.json.gz")).Should().BeTrue();
    }

    [Fact]
    public async Task A_missing_object_is_null_and_deleting_it_is_no_error()
    {
        await Bucket.DeleteAsync("a/b/c");

        (await Bucket.GetAsync("a/b/c")).Should().BeNull();
        (await Bucket.ExistsAsync("a/b/c")).Should().BeFalse();
    }

    [Fact]
    public async Task InfoAsync_returns_the_length_and_null_for_a_missing_object()
    {
        await Bucket.PutAsync("a/b.json", new byte[5]);

        (await Bucket.InfoAsync("a/b.json"))!.Bytes.Should().Be(5);
        (await Bucket.InfoAsync("a/c.json")).Should().BeNull();
        (await Bucket.InfoAsync("a")).Should().BeNull();
    }

    [Fact]
    public async Task Putting_the_same_bytes_changes_nothing_and_putting_other_bytes_replaces_the_object()
    {
        await Bucket.PutAsync("k", Encoding.UTF8.GetBytes("one"));
        await Bucket.PutAsync("k", Encoding.UTF8.GetBytes("one"));
        (await Bucket.ListAsync()).Should().Equal("k");

        await Bucket.PutAsync("k", Encoding.UTF8.GetBytes("other"));

        (await Bucket.GetAsync("k")).Should().Equal(Encoding.UTF8.GetBytes("other"));
    }

    [Fact]
    public async Task Headers_belong_to_the_put_that_they_came_with()
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "a/b", ["x-amz-meta-k"] = "v: w", ["x-amz-meta-empty"] = "" };
        await Bucket.PutAsync("k", "one"u8.ToArray(), headers);
        await Bucket.PutAsync("k/inner", "one"u8.ToArray());

        (await Bucket.ReadAsync("k"))!.Headers.Should().BeEquivalentTo(headers);
        (await Bucket.ReadAsync("k"))!.Body.Should().Equal("one"u8.ToArray());
        (await Bucket.ReadAsync("k/inner"))!.Headers.Should().BeEmpty();
        (await Bucket.ETagAsync("k")).Should().Be("f97c5d29941bfb1b2fdab0874906ab82");
        await Bucket.PutAsync("k", "one"u8.ToArray());
        (await Bucket.ReadAsync("k"))!.Headers.Should().BeEmpty();
        await Bucket.PutAsync("k", "two"u8.ToArray(), new Dictionary<string, string> { ["ETag"] = "tag-2" });
        (await Bucket.ETagAsync("k")).Should().Be("tag-2");
        await Bucket.DeleteAsync("k");
        (await Bucket.ETagAsync("k")).Should().BeNull();
        await Bucket.PutAsync("k", "two"u8.ToArray());
        (await Bucket.ReadAsync("k"))!.Headers.Should().BeEmpty();
        (await Bucket.ListAsync()).Should().Equal("k", "k/inner");
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        await Bucket.PutAsync("a/b", new byte[1]);

        await Bucket.DeleteAsync("a/b");

        (await Bucket.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_key_may_be_the_folder_of_another()
    {
        foreach (var key in (string[])["a", "a/b", "a/b/c", "a.b", "a.b/c"])
        {
            await Bucket.PutAsync(key, Encoding.UTF8.GetBytes(key));
        }

        foreach (var key in (string[])["a", "a/b", "a/b/c", "a.b", "a.b/c"])
        {
            (await Bucket.GetAsync(key)).Should().Equal(Encoding.UTF8.GetBytes(key));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../secret")]
    [InlineData("a/../../secret")]
    [InlineData("a/..")]
    [InlineData(".")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    public async Task A_key_that_could_lead_outside_the_bucket_is_refused(string key)
    {
        await Bucket.Invoking(bucket => bucket.PutAsync(key, new byte[1])).Should().ThrowAsync<ArgumentException>();
        await Bucket.Invoking(bucket => bucket.GetAsync(key)).Should().ThrowAsync<ArgumentException>();
        await Bucket.Invoking(bucket => bucket.DeleteAsync(key)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public Task A_key_that_is_not_valid_Unicode_is_refused() =>
        Bucket.Invoking(bucket => bucket.PutAsync("lone \ud800 surrogate", new byte[1])).Should().ThrowAsync<ArgumentException>();

    [Fact]
    public async Task A_key_of_1024_bytes_is_accepted_and_a_longer_one_is_refused()
    {
        var longest = new string('é', ObjectKey.MaxBytes / 2);

        await Bucket.PutAsync(longest, new byte[3]);

        (await Bucket.ListAsync()).Should().Equal(longest);
        await Bucket.Invoking(bucket => bucket.PutAsync(longest + "x", new byte[1])).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Listings_are_in_the_order_of_UTF8_bytes_and_hold_only_the_prefix()
    {
        string[] keys = ["p/a", "p/a-b", "p/a/b", "p/a.b", "p/\uff5e", "p/\U0001F600", "p/é", "q/a", "p"];
        foreach (var key in keys)
        {
            await Bucket.PutAsync(key, new byte[1]);
        }

        var listed = await Bucket.ListAsync("p/");

        listed.Should().Equal("p/a", "p/a-b", "p/a.b", "p/a/b", "p/é", "p/\uff5e", "p/\U0001F600");
        (await Bucket.ListAsync("p/a")).Should().Equal("p/a", "p/a-b", "p/a.b", "p/a/b");
    }

    [Fact]
    public async Task Any_keys_are_listed_as_they_were_put()
    {
        var segment = Gen.OneOf(
            Gen.String[1, 12],
            Gen.String[Gen.Char["%/.. ~:*?\"<>|\\\u0001é+"], 1, 6],
            Gen.String[Gen.Char["%a.:"], 200, 300]);
        var keys = segment.Array[1, 3].Select(segments => string.Join('/', segments)).Where(IsKey).Array[1, 6];

        await keys.SampleAsync(
            async some =>
            {
                foreach (var key in some)
                {
                    await Bucket.PutAsync(key, Encoding.UTF8.GetBytes(key));
                }

                var listed = await Bucket.ListAsync();
                listed.Should().Equal(some.Distinct().Order(ObjectKey.Order));
                foreach (var key in some)
                {
                    (await Bucket.GetAsync(key)).Should().Equal(Encoding.UTF8.GetBytes(key));
                    await Bucket.DeleteAsync(key);
                }
            },
            iter: 30,
            threads: 1);
    }

    private static bool IsKey(string key)
    {
        try
        {
            ObjectKey.Check(key);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
