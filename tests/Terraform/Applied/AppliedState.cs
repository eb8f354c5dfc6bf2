namespace DataToEvents.Terraform.Tests.Applied;

/// <param name="Name">The function's last part: <c>event-storer</c>.</param>
internal sealed record AppliedFunction(string Name, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<JsonElement> Policies);

/// <summary>The state of the applied configuration, read from `terraform show -json`.</summary>
internal sealed class AppliedState(JsonElement state)
{
    /// <summary>A key of the account that is not the deployment's, under the same policy.</summary>
    public const string AnotherKey = "arn:aws:kms:eu-north-1:123456789012:key/another";

    private const string Prefix = "data-events-";

    private readonly List<(string Type, JsonElement Values)> _resources = [.. Resources(state.GetProperty("values").GetProperty("root_module"))];

    /// <summary>What an output says.</summary>
    public JsonElement Output(string name) => state.GetProperty("values").GetProperty("outputs").GetProperty(name).GetProperty("value");

    public IEnumerable<string> Arns(string type) => Of(type).Select(values => values.GetProperty("arn").GetString()!);

    /// <summary>The policy of a key: without its consent no role may use it. Null for what is no key.</summary>
    public JsonElement? KeyPolicy(string arn) => arn.StartsWith("arn:aws:kms:", StringComparison.Ordinal)
        ? JsonDocument.Parse(Of("aws_kms_key").Single().GetProperty("policy").GetString()!).RootElement
        : null;

    public IReadOnlyList<AppliedFunction> Functions() => [.. Of("aws_lambda_function").Select(values =>
    {
        var name = values.GetProperty("function_name").GetString()!;
        return new AppliedFunction(name[Prefix.Length..], Environment(values), PoliciesOf(values.GetProperty("role").GetString()!.Split('/')[^1]));
    })];

    /// <summary>The ARN of the store's change stream.</summary>
    public string StreamArn() => Of("aws_dynamodb_table").Single(values => values.GetProperty("name").GetString() == "data-events").GetProperty("stream_arn").GetString()!;

    /// <summary>The service that may take each role, by the last part of the role's name without its hash: <c>event-storer</c>.</summary>
    public IReadOnlyDictionary<string, string> Trusted() => Of("aws_iam_role").ToDictionary(
        role => role.GetProperty("name").GetString()![Prefix.Length..^7],
        role => JsonDocument.Parse(role.GetProperty("assume_role_policy").GetString()!).RootElement.GetProperty("Statement").EnumerateArray().Single().GetProperty("Principal").GetProperty("Service").GetString()!);

    /// <summary>AWS's own policies that roles have, each with its role.</summary>
    public IReadOnlyList<(string Role, string Policy)> Attached() =>
        [.. Of("aws_iam_role_policy_attachment").Select(values => (values.GetProperty("role").GetString()![Prefix.Length..^7], values.GetProperty("policy_arn").GetString()!))];

    /// <summary>Who runs `operator` with what Terraform's output says, in the form of a function's role.</summary>
    public AppliedFunction Operator() => new("operator", new Dictionary<string, string>(), [JsonSerializer.SerializeToElement(new
    {
        Version = "2012-10-17",
        Statement = Output("operator_actions").EnumerateArray().Select(statement => new { Effect = "Allow", Action = statement.GetProperty("actions"), Resource = statement.GetProperty("resources") }),
    })]);

    /// <summary>The role by which S3 copies the lake into another bucket, in the form of a function's.</summary>
    public AppliedFunction ReplicationRole() => new("replication", new Dictionary<string, string>(), PoliciesOf(Of("aws_s3_bucket_replication_configuration").Single().GetProperty("role").GetString()!.Split('/')[^1]));

    /// <summary>The role by which the API that takes records puts them into the delivery stream, in the form of a function's.</summary>
    public AppliedFunction IngestRole()
    {
        var credentials = Of("aws_api_gateway_integration").Single().GetProperty("credentials").GetString()!;
        return new AppliedFunction("ingest", new Dictionary<string, string>(), PoliciesOf(credentials.Split('/')[^1]));
    }

    /// <summary>The tables and views of the Glue catalog, each with its columns, those of its partitions last.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GlueTables() => Of("aws_glue_catalog_table").ToDictionary(
        table => table.GetProperty("name").GetString()!,
        table => (IReadOnlyList<string>)[.. table.GetProperty("storage_descriptor")[0].GetProperty("columns").EnumerateArray().Concat(table.GetProperty("partition_keys").EnumerateArray())
            .Select(column => $"{column.GetProperty("name").GetString()} {column.GetProperty("type").GetString()}")]);

    /// <summary>The delivery stream's role, in the form of a function's.</summary>
    public AppliedFunction StreamRole()
    {
        var role = Of("aws_kinesis_firehose_delivery_stream").Single().GetProperty("extended_s3_configuration")[0].GetProperty("role_arn").GetString()!;
        return new AppliedFunction("stream", new Dictionary<string, string>(), PoliciesOf(role.Split('/')[^1]));
    }

    private static Dictionary<string, string> Environment(JsonElement function) =>
        function.GetProperty("environment")[0].GetProperty("variables").EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!);

    private List<JsonElement> PoliciesOf(string role) => [.. Of("aws_iam_role_policy")
        .Where(values => values.GetProperty("role").GetString() == role)
        .Select(values => JsonDocument.Parse(values.GetProperty("policy").GetString()!).RootElement)];

    private IEnumerable<JsonElement> Of(string type) => _resources.Where(resource => resource.Type == type).Select(resource => resource.Values);

    private static IEnumerable<(string Type, JsonElement Values)> Resources(JsonElement module)
    {
        var own = module.TryGetProperty("resources", out var resources)
            ? resources.EnumerateArray().Select(resource => (resource.GetProperty("type").GetString()!, resource.GetProperty("values")))
            : [];
        return module.TryGetProperty("child_modules", out var children) ? own.Concat(children.EnumerateArray().SelectMany(Resources)) : own;
    }
}
