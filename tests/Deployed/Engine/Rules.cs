using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>Adds the targets of the deployed rules to the bus.</summary>
internal sealed class Rules(Deployment deployment, Access access, IReadOnlyDictionary<string, MessageQueue> queues, DeployedFunctions functions, Action<string> tell)
{
    private const string Bridge = "events.amazonaws.com";

    /// <summary>Lambda waits a minute before it repeats an asynchronous invocation, then two.</summary>
    private static readonly TimeSpan AsyncBackOff = TimeSpan.FromMinutes(1);

    public void AddTo(EventBus bus)
    {
        CheckKey(deployment.Bus);
        foreach (var rule in deployment.Bus.Rules.Where(rule => rule.Enabled))
        {
            foreach (var target in rule.Targets)
            {
                Add(bus, rule, target);
            }
        }

        foreach (var archive in deployment.Bus.Archives)
        {
            bus.Archive.Keep(archive.Pattern, archive.Name);
        }
    }

    /// <summary>PutEvents says yes before the bus has used its key: what it then cannot encrypt goes to its dead-letter queue.</summary>
    private void CheckKey(DeployedBus bus)
    {
        if (bus.KeyArn is null)
        {
            return;
        }

        var deadLetters = deployment.Queue(bus.DeadLetterArn ?? throw new DeploymentException($"The bus {bus.Name} has a customer's key and no dead-letter queue."));
        var broken = !access.AllowsKey(Bridge, bus.KeyArn) ? $"EventBridge may not use the key of {bus.Name}"
            : deadLetters.KeyArn == bus.KeyArn ? $"{deadLetters.Name} has the key of {bus.Name}, and is there for when that key cannot be used"
            : !access.Allows(Bridge, "sqs:SendMessage", deadLetters.Arn, bus.Arn) ? $"The bus {bus.Name} may not send to {deadLetters.Name}"
            : null;
        if (broken is not null)
        {
            throw new DeploymentException($"{broken}.");
        }
    }

    private void Add(EventBus bus, DeployedRule rule, DeployedTarget target)
    {
        var isFunction = Arn.Service(target.Arn) == "lambda";
        var options = new RuleOptions(rule.Name) { Pattern = rule.Pattern, MaximumRetryAttempts = target.Retries, MaximumEventAge = target.MaximumAge };
        if (!access.Allows(Bridge, isFunction ? "lambda:InvokeFunction" : "sqs:SendMessage", target.Arn, rule.Arn))
        {
            bus.AddRule(options with { MaximumRetryAttempts = 0 }, new Refused(target.Arn), DeadLettersOf(rule, target));
        }
        else if (isFunction)
        {
            AddFunction(bus, options, deployment.Function(target.Arn));
        }
        else
        {
            bus.AddRule(options, new QueueTarget(QueueOf(target.Arn)), DeadLettersOf(rule, target));
        }
    }

    /// <summary>
    /// The bus hands an event to Lambda's own queue, which does not fail here. From there on Lambda's retries count, and the function's
    /// dead-letter queue, not the rule's.
    /// </summary>
    private void AddFunction(EventBus bus, RuleOptions options, DeployedFunction function) => bus.AddRule(
        options with { MaximumRetryAttempts = function.AsyncRetries, MaximumEventAge = function.AsyncMaximumAge, FirstBackOff = AsyncBackOff },
        functions[function.Arn],
        function.DeadLetterArn is not { } arn ? new Lost($"{function.Name} has no dead-letter queue", tell)
            : access.Refusal(new AccessRequest(function.RoleArn, "sqs:SendMessage", arn)) is { } refusal ? new Lost(refusal, tell)
            : new QueueTarget(QueueOf(arn)));

    private IDeadLetterQueue DeadLettersOf(DeployedRule rule, DeployedTarget target) =>
        target.DeadLetterArn is not { } arn ? new Lost($"the rule {rule.Name} has no dead-letter queue", tell)
            : access.Allows(Bridge, "sqs:SendMessage", arn, rule.Arn) ? new QueueTarget(QueueOf(arn))
            : new Lost($"the rule {rule.Name} may not send to {arn}", tell);

    private MessageQueue QueueOf(string arn)
    {
        var queue = queues[deployment.Queue(arn).Arn];
        return queue.Options.Fifo ? throw new DeploymentException($"{arn} is FIFO; EventBridge and Lambda send to standard queues here.") : queue;
    }
}
