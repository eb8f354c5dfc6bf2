namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Reads the lists that name events: feeds, whose shards it merges, histories and lookups. It reads no more pages than it needs.</summary>
internal static class EventLists
{
    private static readonly Comparer<string> Backwards = Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one));

    /// <summary>Positions and keys of the first events of a range.</summary>
    public static async Task<List<(string Position, PrimaryKey Event)>> ReadAsync(
        ViewReader view, IEnumerable<string> shards, ListRange range, int limit, CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var cursors = shards.Select(shard => new ListCursor(view, shard, range)).ToArray();
        var pageSize = PageSize(limit, cursors.Length);
        await Task.WhenAll(cursors.Select(cursor => cursor.MoveNextAsync(pageSize, cancellationToken)));
        var heads = new PriorityQueue<ListCursor, string>(range.IsBackwards ? Backwards : StringComparer.Ordinal);
        heads.EnqueueRange(cursors.Where(cursor => !cursor.IsAtEnd).Select(cursor => (cursor, cursor.Position)));
        var found = new List<(string Position, PrimaryKey Event)>();
        while (found.Count < limit && heads.TryDequeue(out var cursor, out _))
        {
            found.Add((cursor.Position, cursor.Event));
            if (await cursor.MoveNextAsync(pageSize, cancellationToken))
            {
                heads.Enqueue(cursor, cursor.Position);
            }
        }

        return found;
    }

    // A digest spreads events evenly: twice a shard's share and a few more nearly always suffice.
    private static int PageSize(int limit, int shards) => Math.Min(limit, (2 * limit / shards) + 8);

    /// <summary>A place in one shard.</summary>
    private sealed class ListCursor(ViewReader view, string shard, ListRange range)
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
            var page = await view.PageAsync(shard, pageSize, range, _last, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                // DynamoDB's BETWEEN includes both ends.
                var position = item[EventItem.SortKey].S;
                if (range.Contains(position))
                {
                    _page.Enqueue((position, new PrimaryKey(item[ViewAttributes.EventPartition].S, item[ViewAttributes.EventSort].S)));
                }
            }

            _last = page.LastEvaluatedKey;
            _isLastPage = _last is not { Count: > 0 };
        }
    }
}
