namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>
/// The tokens of TransactWriteItems: a transaction that is sent again with the same token is not executed again. DynamoDB remembers a
/// token for ten minutes. Here the last <see cref="Kept"/> tokens are remembered until the process ends.
/// </summary>
internal sealed class RequestTokens
{
    private const int Kept = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (byte[] Digest, Task Outcome)> _transactions = [];
    private readonly Queue<string> _oldest = new();

    /// <param name="token">The token that the client sent.</param>
    /// <param name="digest">A digest of the transaction.</param>
    /// <param name="transact">Starts the transaction.</param>
    /// <exception cref="AwsException">The token was sent with another transaction.</exception>
    public async Task OnceAsync(string token, byte[] digest, Func<Task> transact)
    {
        await Begin(token, digest, transact);
        lock (_gate)
        {
            if (_transactions.ContainsKey(token))
            {
                // Replaced, because the original task may still reference the request.
                _transactions[token] = (digest, Task.CompletedTask);
            }
        }
    }

    private Task Begin(string token, byte[] digest, Func<Task> transact)
    {
        lock (_gate)
        {
            if (!_transactions.TryGetValue(token, out var known))
            {
                Forget();
                _oldest.Enqueue(token);
            }
            else if (!known.Digest.AsSpan().SequenceEqual(digest))
            {
                throw new AwsException(
                    "IdempotentParameterMismatchException",
                    "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.");
            }
            else if (!known.Outcome.IsCompleted || known.Outcome.IsCompletedSuccessfully)
            {
                return known.Outcome;
            }

            var outcome = transact();
            _transactions[token] = (digest, outcome);
            return outcome;
        }
    }

    private void Forget()
    {
        if (_oldest.Count == Kept)
        {
            _transactions.Remove(_oldest.Dequeue());
        }
    }
}
