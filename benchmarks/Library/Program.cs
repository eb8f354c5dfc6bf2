using DataToEvents.Emulator;
using DataToEvents.Emulator.Queues;

// The emulator as a library, in memory: milliseconds from StartAsync to the first answer, at its first start in the process and as the median of twenty more, then the processor time
// of the process up to the first answer in milliseconds, and the megabytes that the process has at rest.
const int Starts = 20;

var first = await MeasureAsync();
using var process = Process.GetCurrentProcess();
var spent = process.TotalProcessorTime.TotalMilliseconds;
var more = new List<double>();
for (var number = 0; number < Starts; number++)
{
    more.Add(await MeasureAsync());
}

more.Sort();
await using var aws = await AwsEmulator.StartAsync();
GC.Collect();
process.Refresh();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{first:0} {more[Starts / 2]:0} {spent:0} {process.WorkingSet64 / 1e6:0}"));

static async Task<double> MeasureAsync()
{
    var watch = Stopwatch.StartNew();
    await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions { AddResources = static account => account.AddQueueAsync(new QueueOptions { Name = "orders.fifo" }) });
    using var http = new HttpClient();
    using var request = new HttpRequestMessage(HttpMethod.Post, aws.Url) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0") };
    request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
    using var answer = await http.SendAsync(request);
    answer.EnsureSuccessStatusCode();
    return watch.Elapsed.TotalMilliseconds;
}
