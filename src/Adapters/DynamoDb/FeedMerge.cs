namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Merges the shards of a feed, newest first, reading no more pages than it needs.</summary>
internal static class FeedMerge
{
    private static readonly Comparer<string> NewestFirst = Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one));

    /// <summary>Positions and keys of the events that were applied last, or last before a position.</summary>
    public static async Task<List<(string Position, PrimaryKey Event)>> NewestAsync(
        ViewReader view, IEnumerable<string> feeds, string? before, int limit, CancellationToken cancellationToken)
    {
        var cursors = feeds.Select(feed => new FeedCursor(view, feed, before)).ToArray();
        var pageSize = PageSize(limit, cursors.Length);
        await Task.WhenAll(cursors.Select(cursor => cursor.MoveNextAsync(pageSize, cancellationToken)));
        var heads = new PriorityQueue<FeedCursor, string>(NewestFirst);
        heads.EnqueueRange(cursors.Where(cursor => !cursor.IsAtEnd).Select(cursor => (cursor, cursor.Position)));
        var newest = new List<(string Position, PrimaryKey Event)>();
        while (newest.Count < limit && heads.TryDequeue(out var cursor, out _))
        {
            newest.Add((cursor.Position, cursor.Event));
            if (await cursor.MoveNextAsync(pageSize, cancellationToken))
            {
                heads.Enqueue(cursor, cursor.Position);
            }
        }

        return newest;
    }

    // A digest spreads events evenly: twice a shard's share and a few more nearly always suffice.
    private static int PageSize(int limit, int shards) => Math.Min(limit, (2 * limit / shards) + 8);

    /// <summary>A place in one shard.</summary>
    private sealed class FeedCursor(ViewReader view, string feed, string? before)
    {
        private readonly Queue<(string Position, PrimaryKey Event)> _page = new();
        private Dictionary<string, AttributeValue>? _last;
        private bool _isLastPage;

        public bool IsAtEnd { get; private set; }

        public string Position { get; private set; } = "";

        public PrimaryKey Event { get; private set; }

        public async Task<bool> MoveNextAsync(int pageSize, CancellationToken cancellationToken)
        {
            while (_page.Count == 0 && !_isLastPage)
            {
                await ReadPageAsync(pageSize, cancellationToken);
            }

            IsAtEnd = !_page.TryDequeue(out var head);
            (Position, Event) = IsAtEnd ? ("", default) : head;
            return !IsAtEnd;
        }

        private async Task ReadPageAsync(int pageSize, CancellationToken cancellationToken)
        {
            var page = await view.PageAsync(feed, pageSize, before, _last, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                _page.Enqueue((item[EventItem.SortKey].S, new PrimaryKey(item[ViewAttributes.EventPartition].S, item[ViewAttributes.EventSort].S)));
            }

            _last = page.LastEvaluatedKey;
            _isLastPage = _last is not { Count: > 0 };
        }
    }
}
