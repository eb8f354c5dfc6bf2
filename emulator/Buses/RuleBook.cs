namespace DataToEvents.Emulator.Buses;

/// <summary>
/// The rules that clients of EventBridge make, change and delete while the bus runs. They are stored, and are in effect again after a restart. An event goes by the
/// rules that are there when the bus takes it up. All members may be called from any thread.
/// </summary>
/// <param name="bus">The bus.</param>
/// <param name="database">Holds the rules.</param>
/// <param name="targets">Finds targets.</param>
public sealed class RuleBook(EventBus bus, Database database, IRuleTargets targets) : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS bus_rules (bus TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (bus, name)) WITHOUT ROWID;";

    private readonly OneAtATime _changes = new();
    private readonly Dictionary<string, IReadOnlyList<Rule>> _running = [];
    private volatile SortedDictionary<string, ClientRule> _rules = new(StringComparer.Ordinal);

    /// <summary>The rules by name.</summary>
    public IReadOnlyCollection<ClientRule> All => _rules.Values;

    public ClientRule? Find(string name) => _rules.GetValueOrDefault(name);

    /// <summary>Starts the rules that were made before a restart.</summary>
    public async Task RestoreAsync()
    {
        database.Define(Schema);
        var stored = await database.InTransactionAsync(connection => connection.Query(
            "SELECT rule FROM bus_rules WHERE bus = ?1", static row => ClientRule.Of(JsonNode.Parse(row.GetString(0))!.AsObject()), bus.Options.Name));
        await _changes.RunAsync(() =>
        {
            stored.Where(rule => Find(rule.Name) is null).ToList().ForEach(Run);
            return Task.CompletedTask;
        });
    }

    /// <summary>Makes a rule or changes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="change">Gets the rule, or null if there is none; returns what it becomes, null to delete it.</param>
    /// <exception cref="ServiceException">The pattern is not valid.</exception>
    public Task ChangeAsync(string name, Func<ClientRule?, ClientRule?> change) => _changes.RunAsync(async () =>
    {
        database.Define(Schema);
        var changed = change(Find(name));
        if (changed is not null)
        {
            Patterns.EventPattern.Parse(changed.Pattern);
        }

        await database.InTransactionAsync(connection => Store(connection, name, changed));
        if (changed is null)
        {
            Stop(name);
        }
        else
        {
            Run(changed);
        }
    });

    public void Dispose() => _changes.Dispose();

    private void Store(DatabaseConnection connection, string name, ClientRule? rule)
    {
        if (rule is null)
        {
            connection.Execute("DELETE FROM bus_rules WHERE bus = ?1 AND name = ?2", bus.Options.Name, name);
        }
        else
        {
            connection.Execute("INSERT OR REPLACE INTO bus_rules (bus, name, rule) VALUES (?1, ?2, ?3)", bus.Options.Name, name, rule.ToJson().ToJsonString());
        }
    }

    private void Run(ClientRule rule)
    {
        var running = rule.IsEnabled ? rule.Targets.Select(target => Of(rule, target)).ToList() : [];
        bus.Replace(_running.GetValueOrDefault(rule.Name, []), running);
        _running[rule.Name] = running;
        _rules = new SortedDictionary<string, ClientRule>(_rules, StringComparer.Ordinal) { [rule.Name] = rule };
    }

    private void Stop(string name)
    {
        bus.Replace(_running.GetValueOrDefault(name, []), []);
        _running.Remove(name);
        _rules = new SortedDictionary<string, ClientRule>(_rules.Where(other => other.Key != name).ToDictionary(), StringComparer.Ordinal);
    }

    private Rule Of(ClientRule rule, ClientTarget target)
    {
        var named = new NamedTarget(target, targets);
        var options = new RuleOptions(rule.Name)
        {
            Pattern = rule.Pattern,
            TargetArn = target.Arn,
            MaximumRetryAttempts = target.MaximumRetryAttempts,
            MaximumEventAge = target.MaximumEventAge,
            IsOfClient = true,
            Input = Input(target, rule.Name, bus.Options.RuleArn(rule.Name)),
        };
        return bus.NewRule(options, named, named, null);
    }

    private static Func<ReadOnlyMemory<byte>, DateTimeOffset, ReadOnlyMemory<byte>>? Input(ClientTarget target, string rule, string ruleArn) =>
        target.Input is { } text ? (_, _) => Encoding.UTF8.GetBytes(text)
        : target.InputPath is { } path ? (json, _) => InputPaths.Read(path, json)
        : target.InputTransformer is { } transformer ? (json, since) => transformer.Apply(json, rule, ruleArn, since)
        : null;
}
