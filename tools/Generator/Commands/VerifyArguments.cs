using System.CommandLine;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Common;
using DataToEvents.Common.Commands;
using DataToEvents.Domain.Catalog;
using DataToEvents.Generator.Verification;

namespace DataToEvents.Generator.Commands;

/// <summary>The options of <c>verify</c>.</summary>
internal sealed class VerifyArguments
{
    private const string Further = "'_', '.' or '-'";

    private readonly Option<string?> _ledger = Arguments.File("--ledger", "What `send --ledger` wrote");
    private readonly Option<string?> _data = new("--data") { Description = "The data directory of an embedded run, whether or not a host runs over it", HelpName = "DIR" };
    private readonly Option<Uri?> _endpoint = Arguments.Endpoint("Whatever speaks AWS's protocols, instead of AWS");
    private readonly Option<string> _bucket = Arguments.Name("--bucket", "The bucket of lake, payloads, quarantine and what was set aside", 63, "'.' or '-'").WithDefault(Names.Bucket);
    private readonly Option<string> _table = Arguments.Name("--table", "The store", 255, Further).WithDefault(Names.Table);
    private readonly Option<string> _view = Arguments.Name("--view-table", "The consumer's table", 255, Further).WithDefault(Names.ViewTable);
    private readonly Option<string> _deadLetters = Arguments.Name("--dead-letter-queue", "The FIFO queue's", 80, Further).WithDefault(Names.DeadLetterQueue);
    private readonly Option<string> _ruleDeadLetters = Arguments.Name("--rule-dead-letter-queue", "The rule target's", 80, Further).WithDefault(Names.RuleDeadLetterQueue);
    private readonly Option<string> _audit = Arguments.Name("--audit-queue", "Copies of all events on the bus, if there is such a queue", 80, Further).WithDefault(Names.AuditQueue);
    private readonly Option<long> _shards = Arguments.Whole("--view-shards", "Shards of the consumer's table", 1, 1_000).WithDefault(StreamViewOptions.DefaultShards);
    private readonly Option<long> _named = Arguments.Whole("--named", "How many findings of a kind are named", 0, int.MaxValue).WithDefault(20);
    private readonly Option<TimeSpan?> _wait = Arguments.Duration("--wait", "How long to look again while events are missing, as the path may be at work; 60s without it", allowZero: true);
    private readonly Option<bool> _json = new("--json") { Description = "The verdict as one JSON object on standard output, and nothing else there" };
    private readonly Option<EventCatalog?> _catalog = CatalogArgument.Create();

    public VerifyArguments(Command command)
    {
        _ledger.Required = true;
        foreach (var option in new Option[] { _ledger, _data, _endpoint, _bucket, _table, _view, _deadLetters, _ruleDeadLetters, _audit, _shards, _named, _wait, _json, _catalog })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What options say together that none may; null when they agree.</summary>
    public string? Complaint(ParseResult parsed)
    {
        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        return IsGiven(_data) && IsGiven(_endpoint) ? "--data and --endpoint-url are two places; allowed: one of them, or --bucket for AWS."
            : !IsGiven(_data) && !IsGiven(_endpoint) && !IsGiven(_bucket) ? "--data, --endpoint-url or --bucket is required; allowed: a data directory, a local endpoint, or a bucket on AWS."
            : null;
    }

    public VerifyRequest Read(ParseResult parsed) => new(
        parsed.GetValue(_ledger)!,
        parsed.GetValue(_data) is { } data ? new DirectoryInfo(data) : null,
        parsed.GetValue(_endpoint),
        new WorldNames(
            parsed.GetRequiredValue(_bucket), parsed.GetRequiredValue(_table), parsed.GetRequiredValue(_view),
            parsed.GetRequiredValue(_deadLetters), parsed.GetRequiredValue(_ruleDeadLetters), parsed.GetRequiredValue(_audit)),
        CatalogArgument.OrShipped(parsed.GetValue(_catalog)),
        new VerifyOptions((int)parsed.GetValue(_shards), (int)parsed.GetValue(_named), LakeKeepsOrder: parsed.GetValue(_data) is not null),
        parsed.GetValue(_wait) ?? TimeSpan.FromSeconds(60),
        parsed.GetValue(_json));
}
