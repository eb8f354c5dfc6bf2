using System.Collections.Concurrent;
using System.Net.Http.Json;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Application.EventResponder;
using DataToEvents.Common;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tables;
using DataToEvents.Local.Hosting;
using Microsoft.AspNetCore.Http;
using Names = DataToEvents.Common.Names;

namespace DataToEvents.Recovery.Tests;

/// <summary>
/// The whole path over a data directory, with its endpoints open and <c>host.json</c> written, as <c>local</c> runs it. Each function can be made to
/// fail, and services give up after a short time.
/// </summary>
internal sealed class RunningPath : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<DataEvent> _delivered = new();
    private readonly List<Exception> _faults = [];
    private DataDirectory _directory = null!;
    private AccountEndpoint _endpoint = null!;
    private HostFile _file = null!;
    private DeliveryStream _stream = null!;
    private Task _pumps = Task.CompletedTask;

    private RunningPath(DirectoryInfo data) => Data = data;

    public DirectoryInfo Data { get; }

    public string Url => _endpoint.Url;

    public Faulty Transformer { get; } = new("Transformer");

    public Faulty Storer { get; } = new("EventStorer");

    public Faulty Emitter { get; } = new("IntegrationEventEmitter");

    public Faulty Responder { get; } = new("EventResponder");

    /// <summary>The function of the consumer's API, as clients of Lambda see it.</summary>
    public ReservedFunction Api { get; } = new(new Faulty("EventResponderApi"));

    public DataDirectory Services => _directory;

    /// <summary>Called with each record that the path acknowledged.</summary>
    public required Action<byte[]> Acknowledged { get; init; }

    /// <summary>Events in the order in which the consumer took them.</summary>
    public IReadOnlyList<DataEvent> Delivered => [.. _delivered];

    public EmbeddedStreamView View => new(_directory.ViewTable, TimeProvider.System);

    /// <param name="data">The data directory.</param>
    /// <param name="acknowledged">Called with each record that the path acknowledged.</param>
    /// <param name="handleReplays">Whether the consumer takes replays, too.</param>
    /// <param name="audit">Whether the audit queue gets a copy of every event.</param>
    public static async Task<RunningPath> StartAsync(DirectoryInfo data, Action<byte[]> acknowledged, bool handleReplays = false, bool audit = false)
    {
        var path = new RunningPath(data) { Acknowledged = acknowledged };
        await path.OpenAsync(handleReplays, audit);
        return path;
    }

    /// <summary>Puts records by Firehose's wire protocol; returns when they are acknowledged.</summary>
    public Task PutAsync(params string[] records) => PutAsync([.. records.Select(Encoding.UTF8.GetBytes)]);

    /// <inheritdoc cref="PutAsync(string[])"/>
    public async Task PutAsync(byte[][] records)
    {
        var answer = await CallAsync("Firehose_20150804.PutRecordBatch", new { DeliveryStreamName = Names.Stream, Records = records.Select(record => new { Data = record }) });
        answer.GetProperty("FailedPutCount").GetInt32().Should().Be(0);
        Array.ForEach(records, Acknowledged.Invoke);
    }

    /// <summary>The moves out of the queue's dead-letter queue, as SQS lists them.</summary>
    public async Task<List<JsonElement>> MovesAsync()
    {
        var listed = await CallAsync("AmazonSQS.ListMessageMoveTasks", new { SourceArn = _directory.DeadLetters.Options.Arn });
        return [.. listed.GetProperty("Results").EnumerateArray()];
    }

    /// <summary>Waits until everything that was accepted has been delivered or set aside.</summary>
    public async Task SettleAsync()
    {
        await _stream.FlushAsync(CancellationToken.None);
        await UntilAsync(() => _directory.Account.UnderWay.Total == 0);
        await _stream.FlushAsync(CancellationToken.None);
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(Poll);
        while (!condition())
        {
            _pumps.IsFaulted.Should().BeFalse("the path runs: {0}", _pumps.Exception);
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _endpoint.DisposeAsync();
        await _stop.CancelAsync();
        await _pumps;
        await _directory.DisposeAsync();
        _stop.Dispose();
        _faults.Should().BeEmpty();
    }

    private async Task<JsonElement> CallAsync<T>(string operation, T call)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(JsonSerializer.Serialize(call), Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", operation);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task OpenAsync(bool handleReplays, bool audit)
    {
        var time = TimeProvider.System;
        _directory = await DataDirectory.OpenAsync(Data, audit);
        var catalog = EventCatalog.Parse(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "catalog.json")));
        var functions = InProcessFunctions.Create(_directory, catalog, TimeSpan.FromSeconds(30), new FunctionHost(time, Random.Shared, new NoFunctionLog()), new ResponderOptions(handleReplays));
        Transformer.Inner = functions.Transformer;
        Storer.Inner = functions.EventStorer;
        Emitter.Inner = functions.IntegrationEventEmitter;
        Responder.Inner = functions.EventResponder;
        var responder = new ReservedFunction(Responder);
        _directory.Account.AddFunction(responder);
        _directory.Account.AddFunction(Api);
        _directory.Bus.AddRule(
            new RuleOptions(Names.Rule)
            {
                Pattern = """{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""",
                MaximumRetryAttempts = 1,
                FirstBackOff = TimeSpan.FromMilliseconds(5),
            },
            responder, new QueueTarget(_directory.RuleDeadLetters), detail => _delivered.Enqueue(DataEvent.Parse(detail.ToArray())));
        if (_directory.Audit is { } copies)
        {
            _directory.Bus.AddRule(new RuleOptions(Names.AuditRule) { Pattern = """{"source":[{"prefix":""}]}""" }, new QueueTarget(copies), new QueueTarget(_directory.RuleDeadLetters));
        }

        var account = _directory.Account;
        _stream = await account.AddDeliveryStreamAsync(Stream, _directory.Bucket, Transformer);
        account.MapQueue(_directory.Queue, Storer, new QueueEventSourceOptions { FunctionTimeout = TimeSpan.FromSeconds(30), FailedVisibility = TimeSpan.FromMilliseconds(5) });
        await account.MapStreamAsync(_directory.Table, Emitter, Source, new BucketDestination(_directory.Bucket, Names.OnFailurePrefix));
        _endpoint = await _directory.ListenAsync(new EndpointOptions { OnFault = _faults.Add, Page = MetricsAsync });
        _file = HostFile.Write(Data, Url);
        _pumps = account.RunAsync(_stop.Token);
    }

    /// <summary>The counters of events that were not understood, as the local host's page has them.</summary>
    private static Task MetricsAsync(HttpContext context) => context.Response.WriteAsync(
        "# TYPE datatoevents_unclassified_total counter\ndatatoevents_unclassified_total 3\ndatatoevents_not_json_total 0\ndatatoevents_time_unusable_total 0\ndatatoevents_invalid_cloudevents_total 0\n");

    private static DeliveryStreamOptions Stream => new()
    {
        Name = Names.Stream,
        Transform = new BufferingHints(512 * 1024, TimeSpan.FromMilliseconds(20)),
        Lake = new BufferingHints(5 * 1024 * 1024, TimeSpan.FromMilliseconds(50)),
        RetryDelay = TimeSpan.FromMilliseconds(5),
    };

    private static StreamEventSourceOptions Source => new()
    {
        Id = "IntegrationEventEmitter",
        MaximumRetryAttempts = 1,
        BisectBatchOnFunctionError = true,
        FirstBackoff = TimeSpan.FromMilliseconds(5),
        Filter = change => change.Kind == ChangeKind.Insert,
    };

    private sealed class NoFunctionLog : IFunctionLog
    {
        public void Write(string functionName, string line)
        {
        }
    }
}

/// <summary>A function that fails when it is told to.</summary>
internal sealed class Faulty(string name) : IInvocable
{
    private static readonly InvocationResult Failure = InvocationResult.Failure("Trouble", "made by a test");

    public IInvocable Inner { get; set; } = null!;

    /// <summary>Decides by the event whether the function fails; null never fails.</summary>
    public Predicate<string>? Fails { get; set; }

    /// <summary>Whether the function does its work and then fails, so that its answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    public string Name => name;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (Fails?.Invoke(Encoding.UTF8.GetString(payload.Span)) == true)
        {
            return Failure;
        }

        var answer = await Inner.InvokeAsync(payload, cancellationToken);
        return LosesAnswers ? Failure : answer;
    }
}
