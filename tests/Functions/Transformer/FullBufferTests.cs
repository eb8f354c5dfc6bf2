using System.IO.Compression;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Functions.Transformer;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Tests.Transformer;

/// <summary>The Transformer before full buffers of small records, with record ids as long as Firehose's.</summary>
public sealed partial class FullBufferTests
{
    private const int Megabyte = 1024 * 1024;

    /// <summary>Lambda: bytes of a synchronous request.</summary>
    private const int MaxRequest = 6 * Megabyte;

    private const int MaxAnswer = 6_200_000;

    private static readonly int AroundRequestRecord = Record(0, "").Length + 1;
    private static readonly int AroundEntries = """{"records":[]}""".Length - 1;
    private static readonly int OkEntry = """{"recordId":"","result":"Ok","data":""},""".Length + Id(0).Length;
    private static readonly int FailedEntry = """{"recordId":"","result":"ProcessingFailed"},""".Length + Id(0).Length;

    /// <summary>Ten shards: all of their names have the same length, and so have all lines.</summary>
    private static readonly EventCatalog Catalog = EventCatalog.Parse("""{"source":"urn:test","unclassified":{"type":"data.unclassified","shards":10},"events":[]}"""u8.ToArray());

    private static readonly EventCatalog Shipped = EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json")));

    public static TheoryData<double, int> Buffers
    {
        get
        {
            var buffers = new TheoryData<double, int>();
            foreach (var megabytes in new[] { 0.2, 0.5, 1, 3 })
            {
                Array.ForEach([20, 54, 100, 1_000], size => buffers.Add(megabytes, size));
            }

            return buffers;
        }
    }

    [Theory]
    [MemberData(nameof(Buffers))]
    public async Task No_record_fails_whose_answer_fits_and_no_answer_is_over_6_MB(double megabytes, int size)
    {
        var (records, data) = (RecordsIn(megabytes, size), Base64Bytes(await LineBytesAsync(Catalog, size)));
        var fitting = Math.Min(records, (MaxAnswer - AroundEntries - (records * FailedEntry)) / (OkEntry + data - FailedEntry));

        foreach (var serializer in new ILambdaSerializer[] { new FirehoseSerializer(), new SourceGeneratorLambdaJsonSerializer<TransformerJson>() })
        {
            var answer = await TransformAsync(Catalog, records, size, serializer);

            Results(answer).Count(result => result == "Ok").Should().Be(fitting, "{0} records were sent", records);
            answer.Length.Should().Be(AroundEntries + (fitting * (OkEntry + data)) + ((records - fitting) * FailedEntry)).And.BeLessThanOrEqualTo(MaxAnswer);
        }
    }

    [Fact]
    public async Task The_smallest_records_in_docs_are_those_that_fit_a_full_buffer()
    {
        // The longest line of a record: its stream has a shard of two digits.
        var around = await LineBytesAsync(Shipped, 20) - 20;
        var rows = new StringBuilder("| `transform_buffer_megabytes` | smallest records, bytes | records in a full buffer | answer, bytes |\n|---:|---:|---:|---:|\n");
        foreach (var megabytes in new[] { 0.2, 0.5, 1, 3 })
        {
            var size = SmallestIn(megabytes, around);
            var records = RecordsIn(megabytes, size);
            rows.Append(CultureInfo.InvariantCulture, $"| {megabytes} | {size:N0} | {records:N0} | {AnswerBytes(records, size + around):N0} |\n");

            Results(await TransformAsync(Shipped, records, size, new FirehoseSerializer())).Should().AllBe("Ok");
        }

        var document = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "capacity.md"));
        Table().Match(document).Groups["table"].Value.Should().Be(rows.ToString());
    }

    /// <summary>The bound of <c>lake.transform_buffer_megabytes</c> in terraform/modules/data-to-events/variables.tf: bytes of an answer, and bytes in it for each record beside four thirds of the record.</summary>
    [Fact]
    public async Task Terraform_takes_no_buffer_whose_answer_does_not_fit_and_refuses_none_that_is_clearly_smaller()
    {
        var around = await LineBytesAsync(Shipped, 20) - 20;
        var bound = Bound().Match(await File.ReadAllTextAsync(Path.Combine(Root(), "terraform", "modules", "data-to-events", "variables.tf")));

        int.Parse(bound.Groups["answer"].Value, CultureInfo.InvariantCulture).Should().Be(MaxAnswer);
        // Base64 rounds up to four bytes.
        int.Parse(bound.Groups["record"].Value, CultureInfo.InvariantCulture).Should().BeInRange(OkEntry + (4 * around / 3) + 3, OkEntry + (4 * around / 3) + 8);
    }

    [Fact]
    public async Task What_hits_all_records_of_a_batch_writes_their_number_and_names_the_first_and_nothing_more()
    {
        var log = new CollectedLines();

        var answer = await TransformAsync(Catalog, 1_000, 20, new FirehoseSerializer(), new FailingQueue(), log);

        Results(answer).Should().HaveCount(1_000).And.AllBe("ProcessingFailed");
        log.All.Should().HaveCount(7);
        log.All.First().Should().Be("Warning: 1000 of 1000 records failed; the first 5 of them follow");
        log.All.Last().Should().Be("Warning: Events that are unclassified: 1000. The first: no entry of the catalog matches");
        log.All.Skip(1).SkipLast(1).Should().AllSatisfy(line => line.Should().MatchRegex("^Warning: Record [0-9]{62} failed: .+ \\(event [0-9A-Z]{26} of stream unclassified-[0-9], trace [0-9a-f]{32}\\)$"));
        log.All.Skip(1).SkipLast(1).Select(line => line.Split(' ')[2]).Should().Equal(Enumerable.Range(0, 5).Select(Id));
    }

    [Fact]
    public async Task A_few_failures_are_named_each_and_not_counted()
    {
        var log = new CollectedLines();

        await TransformAsync(Catalog, 5, 20, new FirehoseSerializer(), new FailingQueue(), log);

        log.All.SkipLast(1).Should().HaveCount(5).And.OnlyContain(line => line.StartsWith("Warning: Record ", StringComparison.Ordinal));
        log.All.Last().Should().StartWith("Warning: Events that are unclassified: 5.");
    }

    [Fact]
    public async Task A_record_that_fails_before_an_event_is_read_from_it_names_no_event()
    {
        var log = new CollectedLines();
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(new byte[1_001]);
        }

        var request = Request([$$"""{"recordId":"{{Id(0)}}","approximateArrivalTimestamp":1750000000000,"data":"{{Convert.ToBase64String(packed.ToArray())}}"}"""]);
        var catalog = EventCatalog.Parse("""{"source":"urn:test","unpack":["gzip"],"events":[]}"""u8.ToArray());
        await InvokeAsync(catalog, new TransformerOptions { UnpackedLimit = 1_000 }, request, new FirehoseSerializer(), new TakingQueue(), log);

        log.All.Should().Equal($"Warning: Record {Id(0)} failed: it holds more than 1000 bytes when it is unpacked (gzip)");
    }

    private static int SmallestIn(double megabytes, int around)
    {
        var size = 10_000;
        while (AnswerBytes(RecordsIn(megabytes, size - 1), size - 1 + around) <= MaxAnswer)
        {
            size--;
        }

        return size;
    }

    /// <summary>The size of an answer in which all records are Ok.</summary>
    private static int AnswerBytes(int records, int line) => AroundEntries + (records * (OkEntry + Base64Bytes(line)));

    /// <summary>The number of records that fill a buffer, or the request that carries it.</summary>
    private static int RecordsIn(double megabytes, int size) =>
        (int)Math.Min(megabytes * Megabyte / size, (MaxRequest - 1_000) / (AroundRequestRecord + Base64Bytes(size)));

    private static int Base64Bytes(int bytes) => (bytes + 2) / 3 * 4;

    /// <summary>The longest line that a record of this size becomes.</summary>
    private static async Task<int> LineBytesAsync(EventCatalog catalog, int size)
    {
        using var answer = JsonDocument.Parse(await TransformAsync(catalog, 100, size, new FirehoseSerializer()));
        return answer.RootElement.GetProperty("records").EnumerateArray().Max(record => record.GetProperty("data").GetBytesFromBase64().Length);
    }

    private static IEnumerable<string> Results(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        return [.. json.RootElement.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("result").GetString()!)];
    }

    private static async Task<ReadOnlyMemory<byte>> TransformAsync(
        EventCatalog catalog, int records, int size, ILambdaSerializer serializer, IEventQueue? queue = null, IFunctionLog? log = null)
    {
        var request = Request(Enumerable.Range(0, records).Select(number => Record(number, Data(number, size))));
        request.Length.Should().BeLessThanOrEqualTo(MaxRequest);
        return await InvokeAsync(catalog, new TransformerOptions(), request, serializer, queue ?? new TakingQueue(), log ?? new SilentLog());
    }

    private static async Task<ReadOnlyMemory<byte>> InvokeAsync(
        EventCatalog catalog, TransformerOptions options, string request, ILambdaSerializer serializer, IEventQueue queue, IFunctionLog log)
    {
        var services = new ServiceCollection().AddTransformer(catalog, options).AddSingleton(queue).AddSingleton<IPayloadStore>(new NoPayloads());
        var function = InProcessFunction.Create<KinesisFirehoseEvent, KinesisFirehoseResponse>(
            new FunctionOptions("Transformer") { Timeout = TimeSpan.FromMinutes(2) },
            services.BuildServiceProvider().GetRequiredService<TransformerFunction>().Handle,
            serializer,
            new FunctionHost(TimeProvider.System, Random.Shared, log));

        var answer = await function.InvokeAsync(Encoding.UTF8.GetBytes(request), CancellationToken.None);
        answer.Error.Should().BeNull();
        return answer.Payload;
    }

    private static string Request(IEnumerable<string> records) => $$"""{"invocationId":"i","deliveryStreamArn":"arn","region":"r","records":[{{string.Join(',', records)}}]}""";

    /// <summary>A record that no catalog entry matches and that has no id. No short record has a longer envelope.</summary>
    private static string Data(int number, int size) => $$"""{"n":"{{number.ToString(CultureInfo.InvariantCulture).PadRight(size - 8, '.')}}"}""";

    private static string Record(int number, string data) =>
        $$"""{"recordId":"{{Id(number)}}","approximateArrivalTimestamp":1750000000000,"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}"}""";

    /// <summary>An id like those that Firehose gives to records of Direct PUT.</summary>
    private static string Id(int number) => $"49{number.ToString("D60", CultureInfo.InvariantCulture)}";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"<!-- answers -->\n(?<table>(\|.*\n)+)")]
    private static partial Regex Table();

    [GeneratedRegex(@"transform_buffer_megabytes <= (?<answer>\d+) \* .* \+ (?<record>\d+)\)\)")]
    private static partial Regex Bound();

    private sealed class TakingQueue : IEventQueue
    {
        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(_ => Attempt.Done)]);
    }

    private sealed class FailingQueue : IEventQueue
    {
        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(_ => Attempt.Rejected("no such queue"))]);
    }
}
