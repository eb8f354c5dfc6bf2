using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>The operations on queues: make, find, list, describe, change, tag, purge and delete them.</summary>
/// <param name="queues">The queues of the account.</param>
/// <param name="endpoint">Returns the beginning of queue URLs.</param>
internal sealed class QueueCalls(QueueCatalog queues, Func<string> endpoint)
{
    private const string All = "All";

    private static readonly TimeSpan PurgeInterval = TimeSpan.FromSeconds(60);

    private readonly Dictionary<MessageQueue, DateTimeOffset> _purged = [];

    public static JsonObject Attributes(MessageQueue queue, JsonRequest call)
    {
        var wanted = call.Texts("AttributeNames").ToHashSet();
        var attributes = QueueAttributes.Of(queue).Where(attribute => wanted.Contains(attribute.Key) || wanted.Contains(All));
        return new JsonObject { ["Attributes"] = Texts(attributes) };
    }

    public static JsonObject Tags(MessageQueue queue) => queue.Settings.Tags.Count == 0 ? [] : new JsonObject { ["Tags"] = Texts(queue.Settings.Tags) };

    public async Task<JsonObject> CreateAsync(JsonRequest call)
    {
        var queue = await queues.CreateAsync(call.Required("QueueName"), call.Map("Attributes"), call.Map("tags"));
        return new JsonObject { ["QueueUrl"] = UrlOf(queue) };
    }

    public async Task<JsonObject> DeleteAsync(MessageQueue queue)
    {
        await queues.DeleteAsync(queue);
        return [];
    }

    public async Task<JsonObject> SetAttributesAsync(MessageQueue queue, JsonRequest call)
    {
        var attributes = call.Map("Attributes");
        if (attributes.Count == 0)
        {
            throw SqsRequest.Missing("Attribute.Name");
        }

        await queues.SetAttributesAsync(queue, attributes);
        return [];
    }

    public async Task<JsonObject> TagAsync(MessageQueue queue, JsonRequest call)
    {
        var tags = call.Map("Tags");
        await queues.SetTagsAsync(queue, old => old.Where(tag => !tags.ContainsKey(tag.Key)).Concat(tags).ToDictionary());
        return [];
    }

    public async Task<JsonObject> UntagAsync(MessageQueue queue, JsonRequest call)
    {
        var keys = call.Texts("TagKeys").ToHashSet();
        await queues.SetTagsAsync(queue, old => old.Where(tag => !keys.Contains(tag.Key)).ToDictionary());
        return [];
    }

    /// <exception cref="ServiceException">The queue was purged less than 60 seconds ago.</exception>
    public async Task<JsonObject> PurgeAsync(MessageQueue queue)
    {
        var now = queue.State.Time.GetUtcNow();
        lock (_purged)
        {
            if (_purged.TryGetValue(queue, out var last) && now - last < PurgeInterval)
            {
                throw new ServiceException("AWS.SimpleQueueService.PurgeQueueInProgress", $"Only one PurgeQueue operation on {queue.Options.Name} is allowed every 60 seconds.");
            }

            _purged[queue] = now;
        }

        await queue.PurgeAsync();
        return [];
    }

    /// <exception cref="ServiceException">There is no such queue, or it would be another account's.</exception>
    public JsonObject Url(JsonRequest call)
    {
        var queue = Find(call.Required("QueueName"));
        return call.Text("QueueOwnerAWSAccountId") is { } owner && owner != queue.Options.AccountId ? throw NoQueue() : new JsonObject { ["QueueUrl"] = UrlOf(queue) };
    }

    public JsonObject List(JsonRequest call)
    {
        var prefix = call.Text("QueueNamePrefix") ?? "";
        return Listing(call, "QueueUrls", queues.All.Where(queue => queue.Options.Name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    public JsonObject ListSources(MessageQueue deadLetters, JsonRequest call) => Listing(call, "queueUrls", SourcesOf(deadLetters));

    public IEnumerable<MessageQueue> SourcesOf(MessageQueue deadLetters) => queues.All.Where(queue => queue.Options.Redrive?.DeadLetterQueue == deadLetters);

    /// <summary>The queue that a request names by its URL or its name.</summary>
    public MessageQueue Find(JsonRequest call)
    {
        var url = call.Required("QueueUrl");
        return Find(url[(url.LastIndexOf('/') + 1)..]);
    }

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> texts) => new(texts.Select(static text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value)));

    private static ServiceException NoQueue() => new("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");

    private JsonObject Listing(JsonRequest call, string member, IEnumerable<MessageQueue> found)
    {
        var (page, next) = call.Page(found.Select(UrlOf));
        var listing = new JsonObject { [member] = new JsonArray([.. page]) };
        if (next is not null)
        {
            listing["NextToken"] = next;
        }

        return listing;
    }

    private MessageQueue Find(string name) => queues.Find(name) ?? throw NoQueue();

    private string UrlOf(MessageQueue queue) => $"{endpoint()}/{queue.Options.AccountId}/{queue.Options.Name}";
}
