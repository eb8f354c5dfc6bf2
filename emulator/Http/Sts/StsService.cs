using DataToEvents.Emulator.Http.Query;

namespace DataToEvents.Emulator.Http.Sts;

/// <summary>STS: GetCallerIdentity, which many tools call to see whether they reach AWS at all.</summary>
/// <param name="accountId">The account that all callers belong to.</param>
public sealed class StsService(string accountId) : IQueryService
{
    public string TargetPrefix => "AWSSecurityTokenServiceV20110615";

    public string ContentType => "application/x-amz-json-1.1";

    public int MaxBodyBytes => 64 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape> { ["GetCallerIdentity"] = new() };

    public QueryForms Forms { get; } = new("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");

    public Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        // There are no identities here: all callers are the account's root user.
        new JsonObject { ["UserId"] = accountId, ["Account"] = accountId, ["Arn"] = $"arn:aws:iam::{accountId}:root" }.WriteTo(answer);
        return Task.CompletedTask;
    }
}
