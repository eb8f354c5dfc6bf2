using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>A Lambda function as its callers reach it: by its alias live.</summary>
internal sealed record DeployedFunction
{
    public required string Name { get; init; }

    /// <summary>The alias's.</summary>
    public required string Arn { get; init; }

    public required string RoleArn { get; init; }

    /// <summary>The SHA-256 of the zip, in base64. The zip is found by it, because the code's URL leads nowhere on moto.</summary>
    public required string CodeSha256 { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int MemoryMegabytes { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The queue in which Lambda leaves the events of failed asynchronous invocations; null drops them.</summary>
    public required string? DeadLetterArn { get; init; }

    /// <summary>How often Lambda repeats an asynchronous invocation that failed.</summary>
    public required int AsyncRetries { get; init; }

    public required TimeSpan AsyncMaximumAge { get; init; }

    /// <summary>The largest number of invocations at once; null leaves it to the account's limit.</summary>
    public required int? Concurrency { get; init; }

    /// <summary>The function's own policy. It allows callers beside the roles that may invoke it.</summary>
    public required PolicyDocument? Policy { get; init; }

    /// <summary>The version that the alias gives a part of the invocations; null: none.</summary>
    public required DeployedCanary? Canary { get; init; }

    /// <exception cref="DeploymentException">The function has no alias live, or others too.</exception>
    public static DeployedFunction Read(Answer answer)
    {
        var name = answer.Text("name");
        var reserved = answer.OptionalObject("concurrency", concurrency => new Reserved(concurrency.Whole("ReservedConcurrentExecutions")))?.Executions;
        return answer.Objects("aliases", Alias) is [var live]
            ? live with { Concurrency = reserved }
            : throw new DeploymentException($"{name} has no alias live, or others too.");
    }

    /// <summary>What the alias's callers reach: the version, or both versions, that it invokes.</summary>
    private static DeployedFunction Alias(Answer answer)
    {
        var (arn, share) = answer.Object("alias", alias =>
        {
            alias.Must("Name", "live");
            alias.SetAside("Description", "FunctionVersion", "RevisionId");
            // An alias without a second version has no weights, or an empty list of them.
            var weights = alias.OptionalObject("RoutingConfig", routing => routing.Has("AdditionalVersionWeights") ? routing.Map("AdditionalVersionWeights") : []);
            return (alias.Text("AliasArn"), weights?.Values.SingleOrDefault());
        });
        var versions = answer.Objects("versions", Configuration);
        var function = versions[0];
        var asynchronous = answer.OptionalObject("asyncInvocation", AsyncInvocation);
        return function with
        {
            Arn = arn,
            Policy = answer.OptionalJson("policy") is { } policy ? PolicyDocument.Read(policy, $"The policy of {arn}") : null,
            AsyncRetries = asynchronous?.Retries ?? function.AsyncRetries,
            AsyncMaximumAge = asynchronous?.MaximumAge ?? function.AsyncMaximumAge,
            Canary = share is null ? null : new DeployedCanary(versions[1], double.Parse(share, CultureInfo.InvariantCulture)),
        };
    }

    private static DeployedFunction Configuration(Answer answer)
    {
        answer.Must("Runtime", "provided.al2023");
        answer.Must("Handler", "bootstrap");
        answer.Must("PackageType", "Zip");
        answer.Must("State", "Active");
        if (answer.Text("Version") == "$LATEST")
        {
            throw new DeploymentException($"{answer.Place} is $LATEST, which changes while it is live.");
        }

        if (answer.Texts("Architectures") is not ["x86_64"])
        {
            throw new DeploymentException($"{answer.Place} is not for x86_64, which is what runs here.");
        }

        answer.SetAside("CodeSize", "Description", "LastModified", "TracingConfig", "LastUpdateStatus", "EphemeralStorage", "SnapStart", "KMSKeyArn");
        var environment = answer.Object("Environment", variables => variables.Map("Variables"));
        Log(answer, environment);
        return new DeployedFunction
        {
            Name = answer.Text("FunctionName"),
            Arn = answer.Text("FunctionArn"),
            RoleArn = answer.Text("Role"),
            CodeSha256 = answer.Text("CodeSha256"),
            Timeout = answer.Seconds("Timeout"),
            MemoryMegabytes = answer.Whole("MemorySize"),
            Environment = environment,
            DeadLetterArn = answer.OptionalObject("DeadLetterConfig", config => config.OptionalText("TargetArn")!),
            // Lambda's defaults.
            AsyncRetries = 2,
            AsyncMaximumAge = TimeSpan.FromHours(6),
            Concurrency = null,
            Policy = null,
            Canary = null,
        };
    }

    /// <summary>Lambda passes its log settings to the runtime in these variables.</summary>
    private static void Log(Answer answer, Dictionary<string, string> environment) => answer.OptionalObject("LoggingConfig", logging =>
    {
        logging.SetAside("SystemLogLevel", "LogGroup");
        environment["AWS_LAMBDA_LOG_FORMAT"] = logging.Text("LogFormat");
        environment["AWS_LAMBDA_LOG_LEVEL"] = logging.Text("ApplicationLogLevel");
        return environment;
    });

    private static Asynchronous AsyncInvocation(Answer answer)
    {
        answer.SetAside("LastModified", "FunctionArn");
        // Not supported here: a destination gets another document than a dead-letter queue.
        answer.OptionalObject("DestinationConfig", config => config.OptionalObject("OnFailure", nowhere => "") + config.OptionalObject("OnSuccess", nowhere => ""));
        return new Asynchronous(answer.OptionalWhole("MaximumRetryAttempts"), answer.Has("MaximumEventAgeInSeconds") ? answer.Seconds("MaximumEventAgeInSeconds") : null);
    }

    private sealed record Asynchronous(int? Retries, TimeSpan? MaximumAge);

    private sealed record Reserved(int Executions);
}

/// <param name="Function">The version.</param>
/// <param name="Share">0.1 is every tenth invocation.</param>
internal sealed record DeployedCanary(DeployedFunction Function, double Share);
