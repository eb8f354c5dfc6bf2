using DataToEvents.Operator.Lake;

namespace DataToEvents.Operator.Tests.Lake;

/// <summary>The lake here and the lake on AWS: the SQL files of terraform/modules/lake, asked here.</summary>
public sealed class SameLakeTests : IDisposable
{
    private readonly LakeFolder _folder = new();

    public SameLakeTests()
    {
        var now = DateTime.UtcNow;
        _folder.AddEvents(
            LakeFolder.Envelope("e-1", ",\"dteproducersequence\":\"7\",\"data\":{\"name\":\"José\",\"tags\":[1]}"), LakeFolder.Envelope("e-2", ",\"data\":\"text\""),
            LakeFolder.Envelope("e-3", ",\"data_base64\":\"AP8=\",\"dataref\":\"x\",\"dtedataref\":\"y\""), LakeFolder.Envelope("e-7", ",\"data\":null"), LakeFolder.Envelope("e-4").Replace("2026-11-30T06:00:00.5+01:00", "2016-12-31T23:59:60Z", StringComparison.Ordinal));
        _folder.AddEvents(now.ToString("'year='yyyy'/month='MM'/day='dd'/hour='HH", CultureInfo.InvariantCulture), [LakeFolder.Envelope("e-5"), LakeFolder.Envelope("e-5"), LakeFolder.Envelope("e-6", type: "shop.reading")]);
        _folder.AddFailed("2026/11/30/05",
            """{"attemptsMade":4,"arrivalTimestamp":1796014801250,"errorCode":"Lambda.FunctionError","errorMessage":"it said no","rawData":"eyJhIjoxfQ=="}""",
            """{"attemptsMade":1,"arrivalTimestamp":1796014801000,"errorCode":"Lambda.ProcessingFailedStatus","errorMessage":"as the function wanted","rawData":"/wA="}""");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("events")]
    [InlineData("failed")]
    public async Task The_view_of_Athena_and_the_view_here_give_the_same_rows(string view)
    {
        var athenas = File.ReadAllText(Path.Combine(Module, $"{view}.sql"));

        var (there, here) = (await AskAsync($"SELECT * FROM (\n{athenas}\n) AS v ORDER BY 1, 2, 7"), await AskAsync($"SELECT * FROM {view} ORDER BY 1, 2, 7"));

        there.Columns.Should().Equal(here.Columns);
        Texts(there).Should().Equal(Texts(here)).And.HaveCount(view == "events" ? 8 : 2);
    }

    [Fact]
    public async Task Tables_have_the_columns_and_types_that_lake_tables_shows()
    {
        foreach (var table in LakeSchema.Tables)
        {
            var answer = await AskAsync($"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table.Name}' ORDER BY ordinal_position");

            Texts(answer).Should().Equal(table.Columns.Select(column => $"{column.Name}|{(column.Type == "timestamp" ? "TIMESTAMP_MS" : column.Type.ToUpperInvariant())}"), "these are the columns of {0}", table.Name);
        }
    }

    public static TheoryData<string> NamedQueries() => new(Directory.EnumerateFiles(Path.Combine(Module, "queries")).Select(file => Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(NamedQueries))]
    public async Task Each_named_query_finds_something_here(string file) => (await AskAsync(File.ReadAllText(Path.Combine(Module, "queries", file)))).Rows.Should().NotBeEmpty();

    private static string Module
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
            }

            return Path.Combine(folder.FullName, "terraform", "modules", "lake");
        }
    }

    private static IEnumerable<string> Texts(LakeAnswer answer) => answer.Rows.Select(row => string.Join('|', row.Select(value => value?.ToString() ?? "-")));

    private Task<LakeAnswer> AskAsync(string sql) => new LocalLake(_folder.Data).AskAsync(sql, 100, CancellationToken.None);
}
