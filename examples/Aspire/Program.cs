// The host, a consumer, and Aspire's dashboard, which shows the traces, metrics and logs of both: Aspire gives each project OTEL_EXPORTER_OTLP_ENDPOINT, and the host exports to it.
const int Port = 5080;
var address = $"http://127.0.0.1:{Port}";

var builder = DistributedApplication.CreateBuilder(args);
var host = builder.AddProject<Projects.Local>("datatoevents")
    .WithArgs("--audit", "--port", $"{Port}", "--data", Path.Combine(builder.AppHostDirectory, ".data"))
    // Aspire puts no proxy in front of it: it listens on this port itself.
    .WithHttpEndpoint(port: Port, isProxied: false)
    .WithHttpHealthCheck("/metrics");
builder.AddProject<Projects.DteConsumer>("consumer")
    .WithEnvironment("AWS_ENDPOINT_URL", address)
    .WithEnvironment("AWS_REGION", "us-east-1")
    .WithEnvironment("AWS_ACCESS_KEY_ID", "any")
    .WithEnvironment("AWS_SECRET_ACCESS_KEY", "any")
    .WithEnvironment("QUEUE_NAME", "data-events-audit")
    .WaitFor(host);
await builder.Build().RunAsync();
