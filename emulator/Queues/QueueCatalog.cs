namespace DataToEvents.Emulator.Queues;

/// <summary>
/// The queues of an account: those that the program adds, and those that clients of SQS make, change and delete while it runs. What clients changed is stored,
/// and is still in effect after a restart. All members may be called from any thread.
/// </summary>
/// <param name="database">Holds the queues.</param>
/// <param name="clock">The clock of all queues.</param>
/// <param name="random">Chooses ids and receipts.</param>
public sealed partial class QueueCatalog(Database database, TimeProvider clock, Random random) : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    /// <summary>Source: Amazon SQS API Reference, "CreateQueue".</summary>
    private static readonly TimeSpan DeletedFor = TimeSpan.FromSeconds(60);

    private readonly OneAtATime _changes = new();
    private readonly Dictionary<string, DateTimeOffset> _deleted = [];
    private volatile SortedDictionary<string, MessageQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>All queues, by name.</summary>
    public IReadOnlyList<MessageQueue> All => [.. _queues.Values];

    public MessageQueue? Find(string name) => _queues.GetValueOrDefault(name);

    public MessageQueue? ByArn(string arn) => Find(arn[(arn.LastIndexOf(':') + 1)..]) is { } queue && queue.Options.Arn == arn ? queue : null;

    /// <summary>Adds a queue of the program. What clients changed of it before is still in effect.</summary>
    /// <exception cref="ServiceException">SQS would refuse the options.</exception>
    public Task<MessageQueue> AddAsync(QueueOptions options) => _changes.RunAsync(async () =>
    {
        var now = clock.GetUtcNow();
        var settings = (await LoadAsync()).GetValueOrDefault(options.Name) ?? new QueueSettings(IsOfClient: false, now, now);
        return await OpenAsync(QueueAttributes.Apply(options, WithoutRedrive(settings.Attributes), ByArn), settings with { IsOfClient = false });
    });

    /// <summary>Opens the queues that clients made, and restores the redrive policies that they set. Call it after the program has added its own queues.</summary>
    public Task RestoreAsync() => _changes.RunAsync(async () =>
    {
        foreach (var (name, settings) in (await LoadAsync()).Where(queue => queue.Value.IsOfClient && Find(queue.Key) is null))
        {
            await OpenAsync(QueueAttributes.Apply(OfClient(name), WithoutRedrive(settings.Attributes), ByArn), settings);
        }

        foreach (var queue in All.Where(queue => RedrivePolicies.Target(queue.Settings.Attributes) is { } arn && ByArn(arn) is not null))
        {
            queue.State.Change(QueueAttributes.Apply(queue.Options, queue.Settings.Attributes, ByArn));
        }

        return _queues.Count;
    });

    /// <summary>Makes a queue for a client. One of that name with the same attributes is returned as it is.</summary>
    /// <exception cref="ServiceException">SQS would refuse the name or an attribute, or has a queue of that name with another attribute.</exception>
    public Task<MessageQueue> CreateAsync(string name, IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> tags) => _changes.RunAsync(async () =>
    {
        if (Find(name) is { } existing)
        {
            QueueAttributes.Apply(existing.Options, attributes, ByArn);
            var present = QueueAttributes.Of(existing);
            return attributes.FirstOrDefault(attribute => present.GetValueOrDefault(attribute.Key, "") != QueueAttributes.Normal(attribute.Key, attribute.Value)).Key is { } other
                ? throw new ServiceException("QueueAlreadyExists", $"A queue already exists with the same name and a different value for attribute {other}")
                : existing;
        }

        var now = clock.GetUtcNow();
        var options = Named(name, attributes);
        if (_deleted.TryGetValue(name, out var at) && now - at < DeletedFor)
        {
            throw new ServiceException("AWS.SimpleQueueService.QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        }

        var settings = new QueueSettings(IsOfClient: true, now, now) { Attributes = Kept(attributes), Tags = tags };
        return await OpenAsync(QueueAttributes.Apply(options, attributes, ByArn), settings);
    });

    /// <exception cref="ServiceException">SQS would refuse an attribute.</exception>
    public Task SetAttributesAsync(MessageQueue queue, IReadOnlyDictionary<string, string> attributes) => _changes.RunAsync(async () =>
    {
        var options = QueueAttributes.Apply(queue.Options, attributes, ByArn);
        var kept = queue.Settings.Attributes.Concat(Kept(attributes)).GroupBy(static attribute => attribute.Key).ToDictionary(static same => same.Key, static same => same.Last().Value);
        await StoreAsync(queue, queue.Settings with { Modified = clock.GetUtcNow(), Attributes = kept.Where(static attribute => attribute.Value.Length > 0).ToDictionary() });
        queue.State.Change(options);
        return queue;
    });

    /// <summary>Changes the tags of a queue.</summary>
    public Task SetTagsAsync(MessageQueue queue, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change) => _changes.RunAsync(async () =>
    {
        await StoreAsync(queue, queue.Settings with { Tags = change(queue.Settings.Tags) });
        return queue;
    });

    /// <summary>Deletes a queue that a client made, with its messages.</summary>
    /// <exception cref="ServiceException">The program made the queue.</exception>
    public Task DeleteAsync(MessageQueue queue) => _changes.RunAsync(async () =>
    {
        if (!queue.Settings.IsOfClient)
        {
            throw new ServiceException("AWS.SimpleQueueService.UnsupportedOperation", $"The program that started the emulator made {queue.Options.Name}: it cannot be deleted here.");
        }

        await database.InTransactionAsync(connection =>
        {
            queue.State.Sql.DeleteQueue(connection);
            QueueSettings.Delete(connection, queue.Options.Name);
        });
        _queues = new SortedDictionary<string, MessageQueue>(_queues.Where(other => other.Value != queue).ToDictionary(), StringComparer.Ordinal);
        _deleted[queue.Options.Name] = clock.GetUtcNow();
        queue.State.IsDeleted = true;
        await queue.DisposeAsync();
        return queue;
    });

    /// <summary>Sweeps all queues every 30 seconds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepInterval, clock, cancellationToken);
                foreach (var queue in All)
                {
                    await queue.SweepAsync();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in All)
        {
            await queue.DisposeAsync();
        }

        _changes.Dispose();
    }

    private static Dictionary<string, string> WithoutRedrive(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Where(static attribute => attribute.Key != RedrivePolicies.Attribute).ToDictionary();

    private static Dictionary<string, string> Kept(IReadOnlyDictionary<string, string> attributes) =>
        attributes.ToDictionary(static attribute => attribute.Key, static attribute => QueueAttributes.Normal(attribute.Key, attribute.Value));

    /// <summary>The options that SQS gives a new queue.</summary>
    private static QueueOptions OfClient(string name)
    {
        var isFifo = name.EndsWith(".fifo", StringComparison.Ordinal);
        return new QueueOptions { Name = name, Fifo = isFifo, DeduplicatesAcrossGroups = isFifo };
    }

    private static QueueOptions Named(string name, IReadOnlyDictionary<string, string> attributes)
    {
        var options = OfClient(name);
        var isAsked = bool.TryParse(attributes.GetValueOrDefault(QueueAttributes.FifoQueue), out var fifo) && fifo;
        if (!Name().IsMatch(name) || (options.Fifo && !isAsked))
        {
            throw new ServiceException(
                "InvalidParameterValue",
                isAsked ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length."
                    : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }

        return options;
    }

    private async Task<MessageQueue> OpenAsync(QueueOptions options, QueueSettings settings)
    {
        var queue = await MessageQueue.OpenAsync(database, options, clock, random);
        await StoreAsync(queue, settings);
        _queues = new SortedDictionary<string, MessageQueue>(_queues, StringComparer.Ordinal) { [options.Name] = queue };
        return queue;
    }

    private async Task StoreAsync(MessageQueue queue, QueueSettings settings)
    {
        await database.InTransactionAsync(connection => settings.Store(connection, queue.Options.Name));
        queue.Settings = settings;
    }

    private Task<Dictionary<string, QueueSettings>> LoadAsync()
    {
        QueueSettings.Define(database);
        return database.InTransactionAsync(QueueSettings.Load);
    }

    [GeneratedRegex(@"\A(?=.{1,80}\z)[A-Za-z0-9_-]+(\.fifo)?\z")]
    private static partial Regex Name();
}
