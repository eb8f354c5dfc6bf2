using DataToEvents.Benchmarks.Functions;

const int FloorRuns = 15;

if (BenchArguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(BenchArguments.Usage);
    return 2;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = Directory.CreateTempSubdirectory("bench-").FullName;
try
{
    var (certificate, root) = TestCertificates.Create();
    await using var http = await StubAws.StartAsync(null);
    await using var https = await StubAws.StartAsync(certificate);
    var floor = await MeasureFloorAsync();
    var packages = new Packages(arguments.Artifacts, Path.Combine(folder, "now"), root);
    var basePackages = arguments.Base is { } with ? new Packages(with, Path.Combine(folder, "base"), root) : null;
    var rows = new List<Row>();
    var baseRows = new List<Row>();
    foreach (var subject in Subject.All.Where(arguments.Wants))
    {
        var (now, before) = await Comparison.MeasureAsync(subject, packages, basePackages, http, https);
        rows.Add(now);
        if (before is not null)
        {
            baseRows.Add(before);
        }

        await Console.Error.WriteLineAsync($"measured {subject.Name}");
    }

    Table.Print(floor, rows, Console.Out);
    if (baseRows.Count > 0)
    {
        Table.Compare(rows, baseRows, Console.Out);
    }

    await File.WriteAllTextAsync(arguments.Output, JsonSerializer.Serialize(new { floor, rows, baseRows }, Table.Json));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<Floor> MeasureFloorAsync()
{
    var large = new Events(1_000).Firehose(500, 100);
    var none = new Dictionary<string, string>();
    var echo = await Measurement.ColdAsync(arguments.Floor, none, () => large, FloorRuns);
    var small = await Measurement.ColdAsync(arguments.Floor, none, () => "{}"u8.ToArray(), FloorRuns);
    using var codec = Process.Start(new ProcessStartInfo(arguments.Floor, ["codec", "5000", "1000"]) { RedirectStandardOutput = true })!;
    return new Floor(echo, small, double.Parse(await codec.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture));
}
