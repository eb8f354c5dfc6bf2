namespace DataToEvents.EndToEnd.Tests;

/// <summary>Amazon's SDK for Python, as a client that is not ours.</summary>
internal static class Boto3
{
    // Four threads; the ids of a batch go out once it is acknowledged. No retries: what is not acknowledged is given up.
    private const string Feeder = """
        import boto3, json, sys, threading
        from botocore.config import Config
        url, count, size = sys.argv[1], int(sys.argv[2]), 25
        lock, numbers = threading.Lock(), iter(range(0, count, size))
        def work():
            client = boto3.client("firehose", endpoint_url=url, region_name="us-east-1", aws_access_key_id="any", aws_secret_access_key="any",
                                  config=Config(retries={"max_attempts": 0}, read_timeout=60))
            while True:
                with lock:
                    first = next(numbers, None)
                if first is None:
                    return
                ids = [f"e-{n}" for n in range(first, first + size)]
                records = [{"Data": json.dumps({"kind": "order", "orderId": str(hash(i) % 50), "eventId": i}).encode()} for i in ids]
                try:
                    answer = client.put_record_batch(DeliveryStreamName="data-events-stream", Records=records)
                except Exception:
                    return
                taken = [i for i, r in zip(ids, answer["RequestResponses"]) if "RecordId" in r]
                with lock:
                    print(*taken, flush=True)
        threads = [threading.Thread(target=work) for _ in range(4)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        """;

    private static readonly Lazy<string?> Absent = new(() =>
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import boto3"]) { RedirectStandardError = true })!;
            python.WaitForExit();
            return python.ExitCode == 0 ? null : "boto3 is not installed: pip install boto3";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "python3 is not installed; with it: pip install boto3";
        }
    });

    /// <summary>What to install; null when all is there.</summary>
    public static string? Missing => Absent.Value;

    public static Process Feed(string url, int records) =>
        Process.Start(new ProcessStartInfo("python3", ["-c", Feeder, url, $"{records}"]) { RedirectStandardOutput = true })!;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class Boto3TheoryAttribute : TheoryAttribute
{
    public override string? Skip => Boto3.Missing;
}
