using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using DataToEvents.Benchmarks.Functions;

const int ColdRuns = 15;

if (args is not [var artifacts, var floorExecutable, var output, .. var only])
{
    await Console.Error.WriteLineAsync("Usage: bench ARTIFACTS-FOLDER FLOOR-EXECUTABLE OUTPUT.json [FUNCTION ...]");
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
    var rows = new List<Row>();
    foreach (var subject in Subject.All.Where(subject => only.Length == 0 || only.Any(name => subject.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))))
    {
        rows.Add(await MeasureAsync(subject, http, https, root));
        await Console.Error.WriteLineAsync($"measured {subject.Name}");
    }

    Table.Print(floor, rows, Console.Out);
    await File.WriteAllTextAsync(output, JsonSerializer.Serialize(new { floor, rows }, Table.Json));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<Row> MeasureAsync(Subject subject, StubAws http, StubAws https, string root)
{
    var zip = Path.Combine(artifacts, subject.Name.Split(' ')[0] + ".zip");
    var task = Path.Combine(folder, Path.GetFileNameWithoutExtension(zip));
    if (!Directory.Exists(task))
    {
        ZipFile.ExtractToDirectory(zip, task);
    }

    var executable = Path.Combine(task, "bootstrap");
    var plain = await Measurement.ColdAsync(executable, subject.Environment(http.Url), subject.Event, ColdRuns);
    var tls = await Measurement.ColdAsync(executable, WithRoots(subject, https, await DeployedStoreAsync(task, root), Path.Combine(task, "no-certs")), subject.Event, ColdRuns);
    var system = await Measurement.ColdAsync(executable, WithRoots(subject, https, await SystemStoreAsync(root), "/etc/ssl/certs"), subject.Event, ColdRuns);
    var now = await Measurement.WarmAsync(executable, http, subject);
    http.Delay = TimeSpan.FromMilliseconds(5);
    var later = await Measurement.WarmAsync(executable, http, subject);
    http.Delay = TimeSpan.Zero;
    return new Row(subject.Name, plain, tls, system, now, later, new FileInfo(zip).Length / 1e6);
}

async Task<Floor> MeasureFloorAsync()
{
    var large = new Events(1_000).Firehose(500, 100);
    var none = new Dictionary<string, string>();
    var echo = await Measurement.ColdAsync(floorExecutable, none, () => large, ColdRuns);
    var small = await Measurement.ColdAsync(floorExecutable, none, () => "{}"u8.ToArray(), ColdRuns);
    using var codec = Process.Start(new ProcessStartInfo(floorExecutable, ["codec", "5000", "1000"]) { RedirectStandardOutput = true })!;
    return new Floor(echo, small, double.Parse(await codec.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture));
}

// As deployed, but for the one root that AWS's endpoints do not need.
async Task<string> DeployedStoreAsync(string task, string root)
{
    var file = Path.Combine(task, "aws-roots-and-ours.pem");
    await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(Path.Combine(task, "aws-roots.pem")) + root);
    return file;
}

async Task<string> SystemStoreAsync(string root)
{
    const string Bundle = "/etc/ssl/certs/ca-certificates.crt";
    var file = Path.Combine(folder, "system.pem");
    await File.WriteAllTextAsync(file, (File.Exists(Bundle) ? await File.ReadAllTextAsync(Bundle) : "") + root);
    return file;
}

static Dictionary<string, string> WithRoots(Subject subject, StubAws https, string file, string directory) =>
    new(subject.Environment(https.Url)) { ["SSL_CERT_FILE"] = file, ["SSL_CERT_DIR"] = directory };
