using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Operator.Lake;
using DataToEvents.Recovery;
using DataToEvents.Recovery.Checkup;
using DataToEvents.Recovery.Targets;
using DataToEvents.Terraform.Tests.Calls;

namespace DataToEvents.Terraform.Tests.Applied;

public sealed class AppliedTests(AppliedStack stack) : IClassFixture<AppliedStack>
{
    // Permissions of a role that its function's code never uses. Lambda itself uses them with the role (docs/aws.md).
    private static readonly Dictionary<string, string[]> AskedByLambda = new()
    {
        ["*"] = ["logs:CreateLogStream", "logs:PutLogEvents", "kms:Decrypt", "xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        ["event-storer"] = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        ["integration-event-emitter"] = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams", "s3:PutObject", "s3:ListBucket", "kms:GenerateDataKey"],
        ["event-responder"] = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "kms:GenerateDataKey"],

        // S3 answers 404 for a missing object only to who may list; without it the API could not tell missing from forbidden.
        ["event-responder-api"] = ["s3:ListBucket"],
    };

    private static readonly string[] PlacesInBuckets = ["payloads", "quarantine", "lake", "aws/lambda", "recovered", "elsewhere"];

    [AppliedFact]
    public void A_second_plan_shows_no_change() => stack.SecondPlan.ExitCode.Should().Be(0, stack.SecondPlan.Text);

    [AppliedFact]
    public void A_hop_that_the_operator_pauses_is_a_change_in_the_next_plan_and_none_when_it_goes_on()
    {
        stack.Pauses.Should().HaveCount(8).And.OnlyContain(pause => pause.ExitCode == 0);
        stack.PlanWhilePaused.ExitCode.Should().Be(2, stack.PlanWhilePaused.Text);
        Regex.Count(stack.PlanWhilePaused.Output, "enabled += false -> true").Should().Be(3, "storer, emitter and consumer: {0}", stack.PlanWhilePaused.Output);
        // A concurrency of 0 is none to moto, so that no plan here shows the API.
        stack.PlanAfterwards.ExitCode.Should().Be(0, stack.PlanAfterwards.Text);
    }

    [AppliedFact]
    public void A_version_that_is_held_back_becomes_live_by_the_operator_alone_and_the_way_back_is_no_change_of_terraforms()
    {
        stack.Releases.Should().OnlyContain(release => release.ExitCode == 0);
        stack.Releases[0].Text.Should().Contain("5 functions released");
        stack.Releases[1].Text.Should().Contain("data-events-transformer: version 1 becomes live again in the place of 2");
        stack.PlansWhileHeld.Should().HaveCount(3);
        stack.PlansWhileHeld.Select(plan => Regex.IsMatch(plan.Text, "^  # .* (will|must) be ", RegexOptions.Multiline)).Should().NotContain(true, "no resource is changed: {0}", stack.PlansWhileHeld[1].Text);
        stack.CommandWhileHeld.Should().Be("operator release start --region eu-north-1 --table data-events --percent 10 --duration 10m");
    }

    [AppliedFact]
    public void An_apply_while_a_new_version_gets_a_part_of_the_invocations_leaves_it_that_part() =>
        Regex.IsMatch(stack.PlanWithCanary.Text, "^  # .* (will|must) be ", RegexOptions.Multiline).Should().BeFalse("no resource is changed: {0}", stack.PlanWithCanary.Text);

    [AppliedFact]
    public void An_apply_without_hold_after_a_way_back_would_make_the_newest_versions_live_and_its_plan_says_so()
    {
        stack.PlanAfterBack.ExitCode.Should().Be(2, stack.PlanAfterBack.Text);
        Regex.Count(stack.PlanAfterBack.Output, "function_version += \"1\" -> \"2\"").Should().Be(5, stack.PlanAfterBack.Output);
    }

    [AppliedFact]
    public void Destroy_leaves_nothing()
    {
        stack.Content.Should().HaveCountGreaterThan(50);
        stack.Leftovers.Should().BeEmpty();
    }

    [AppliedFact]
    public async Task Every_operation_in_the_adapters_code_is_among_the_recorded_calls()
    {
        var inCode = OperationsInCode.Of(typeof(SqsOptions), typeof(S3Options), typeof(DynamoDbOptions), typeof(EventBridgeOptions));

        var recorded = (await RecordAsync()).Values.SelectMany(calls => calls).Select(call => call.Operation).ToHashSet();

        recorded.Should().BeEquivalentTo(inCode);
    }

    [AppliedFact]
    public async Task What_a_function_calls_is_allowed_on_its_own_resources_and_denied_on_any_other()
    {
        var functions = stack.State.Functions();
        var calls = await RecordAsync();
        var own = (from function in functions from demand in Demands(calls, function.Name) select (function, demand)).ToList();
        var foreign = (from function in functions
                       from action in Demands(calls, function.Name).Select(demand => demand.Action).Distinct()
                       from resource in Others(action)
                       where !Demands(calls, function.Name).Any(demand => demand.Action == action && Place(demand.Resource) == Place(resource))
                       select (function, demand: new Demand(action, resource))).ToList();

        var verdicts = await PolicySimulator.AllowsAsync([.. own, .. foreign], stack.State.KeyPolicy);

        own.Where((_, i) => !verdicts[i]).Select(question => $"{question.function.Name}: {question.demand}").Should().BeEmpty("each of these calls is made");
        foreign.Where((_, i) => verdicts[own.Count + i]).Select(question => $"{question.function.Name}: {question.demand}").Should().BeEmpty("none of these is its own");
        foreign.Should().HaveCountGreaterThan(own.Count);
    }

    [AppliedFact]
    public async Task The_API_that_takes_records_may_put_a_record_into_its_stream_and_nothing_else()
    {
        var (stream, key) = (stack.State.Arns("aws_kinesis_firehose_delivery_stream").Single(), stack.State.Arns("aws_kms_key").Single());
        List<Demand> own = [new("firehose:PutRecord", stream), new("kms:GenerateDataKey", key), new("kms:Decrypt", key)];
        List<Demand> foreign =
        [
            new("firehose:PutRecordBatch", stream), new("firehose:DescribeDeliveryStream", stream), new("firehose:DeleteDeliveryStream", stream), new("firehose:PutRecord", stream + "-of-others"),
            new("kms:Decrypt", AppliedState.AnotherKey), new("kms:Encrypt", key),
            .. stack.State.Arns("aws_sqs_queue").Select(queue => new Demand("sqs:SendMessage", queue)),
            .. stack.State.Arns("aws_s3_bucket").Select(bucket => new Demand("s3:PutObject", bucket + "/lake/x")),
        ];

        foreign.Should().HaveCountGreaterThan(8);
        await MayOnlyAsync(stack.State.IngestRole(), own, foreign);
    }

    [AppliedFact]
    public async Task The_delivery_stream_may_call_its_function_and_write_the_lake_and_nothing_else()
    {
        var (bucket, key) = (Buckets(isLake: true).Single(), stack.State.Arns("aws_kms_key").Single());
        var (transformer, others) = (stack.State.Arns("aws_lambda_alias").Single(IsTransformer), stack.State.Arns("aws_lambda_alias").Where(alias => !IsTransformer(alias)));
        List<Demand> own =
        [
            new("lambda:InvokeFunction", transformer), new("lambda:GetFunctionConfiguration", transformer), new("s3:ListBucket", bucket), new("s3:GetBucketLocation", bucket), new("s3:ListBucketMultipartUploads", bucket),
            new("s3:PutObject", bucket + "/lake/events/x"), new("s3:PutObject", bucket + "/lake/errors/x"), new("s3:AbortMultipartUpload", bucket + "/lake/events/x"), new("kms:GenerateDataKey", key), new("kms:Decrypt", key),
        ];
        List<Demand> foreign =
        [
            .. others.Select(alias => new Demand("lambda:InvokeFunction", alias)), new("lambda:UpdateFunctionCode", transformer), new("lambda:UpdateAlias", transformer),
            .. PlacesInBuckets.Where(place => place != "lake").Select(place => new Demand("s3:PutObject", $"{bucket}/{place}/x")), new("s3:DeleteObject", bucket + "/lake/events/x"), new("s3:PutObject", bucket + "-of-others/lake/events/x"),
            new("kms:Decrypt", AppliedState.AnotherKey), new("kms:ScheduleKeyDeletion", key), .. stack.State.Arns("aws_sqs_queue").Select(queue => new Demand("sqs:SendMessage", queue)),
            .. Buckets(isLake: false).Select(answers => new Demand("s3:PutObject", $"{answers}/lake/events/x")),
        ];

        foreign.Should().HaveCountGreaterThan(15);
        await MayOnlyAsync(stack.State.StreamRole(), own, foreign);

        static bool IsTransformer(string alias) => alias.EndsWith(":data-events-transformer:live", StringComparison.Ordinal);
    }

    [AppliedFact]
    public async Task The_role_that_copies_the_lake_may_read_it_and_write_the_copies_and_nothing_else()
    {
        var (bucket, key, copies, itsKey) = (Buckets(isLake: true).Single(), stack.State.Arns("aws_kms_key").Single(), "arn:aws:s3:::copies", "arn:aws:kms:eu-west-1:123456789012:key/copies");
        await MayOnlyAsync(
            stack.State.ReplicationRole(),
            [
                new("s3:GetReplicationConfiguration", bucket), new("s3:ListBucket", bucket),
                new("s3:GetObjectVersionForReplication", bucket + "/lake/events/x"), new("s3:GetObjectVersionAcl", bucket + "/lake/events/x"), new("s3:GetObjectVersionTagging", bucket + "/lake/events/x"),
                new("s3:ReplicateObject", copies + "/lake/events/x"), new("s3:ReplicateDelete", copies + "/lake/events/x"), new("s3:ReplicateTags", copies + "/lake/events/x"),
                new("kms:Decrypt", key), new("kms:Encrypt", itsKey),
            ],
            [
                .. PlacesInBuckets.Where(place => place != "lake").SelectMany(place => new Demand[] { new("s3:GetObjectVersionForReplication", $"{bucket}/{place}/x"), new("s3:ReplicateObject", $"{copies}/{place}/x") }),
                new("s3:GetObject", bucket + "/lake/events/x"), new("s3:PutObject", copies + "/lake/events/x"), new("s3:ReplicateObject", bucket + "/lake/events/x"), new("s3:DeleteObject", copies + "/lake/events/x"),
                new("kms:Encrypt", key), new("kms:Decrypt", itsKey), new("kms:Decrypt", AppliedState.AnotherKey),
            ]);
    }

    [AppliedFact]
    public async Task An_operator_may_ask_the_lake_and_look_at_roles_and_quotas_and_may_change_none_of_them()
    {
        var (bucket, answers) = (Buckets(isLake: true).Single(), Buckets(isLake: false).Single());
        var (workgroup, roles) = (stack.State.Arns("aws_athena_workgroup").Single(), stack.State.Arns("aws_iam_role").ToList());
        var functions = roles.Where(role => stack.State.Functions().Any(function => Regex.IsMatch(role, $"/data-events-{function.Name}-[0-9a-f]{{6}}$"))).ToList();
        functions.Should().HaveCount(5);
        await MayOnlyAsync(
            stack.State.Operator(),
            [
                new("athena:StartQueryExecution", workgroup), new("athena:GetQueryResults", workgroup), .. stack.State.Arns("aws_glue_catalog_table").Select(table => new Demand("glue:GetTable", table)),
                new("s3:GetObject", bucket + "/lake/events/x"), new("s3:PutObject", answers + "/answers/x"),
                .. functions.Select(role => new Demand("iam:SimulatePrincipalPolicy", role)),
            ],
            [
                new("athena:StartQueryExecution", workgroup + "-of-others"), new("athena:DeleteWorkGroup", workgroup), new("athena:UpdateWorkGroup", workgroup),
                .. stack.State.Arns("aws_glue_catalog_table").SelectMany(table => new Demand[] { new("glue:DeleteTable", table), new("glue:UpdateTable", table) }),
                new("s3:PutObject", bucket + "/lake/events/x"), new("s3:DeleteObject", bucket + "/lake/events/x"), new("s3:DeleteObject", answers + "/answers/x"),
                .. roles.SelectMany(role => new Demand[] { new("iam:PassRole", role), new("iam:PutRolePolicy", role) }), .. roles.Except(functions).Select(role => new Demand("iam:SimulatePrincipalPolicy", role)),
                .. stack.State.Arns("aws_lambda_function").Select(function => new Demand("lambda:UpdateFunctionCode", function)),
            ]);
    }

    [AppliedFact]
    public void Each_role_trusts_the_one_service_that_uses_it_and_only_the_account_wide_log_has_a_policy_of_AWS()
    {
        stack.State.Trusted().Should().BeEquivalentTo(stack.State.Functions().ToDictionary(function => function.Name, _ => "lambda.amazonaws.com").Concat(new Dictionary<string, string>
        {
            ["stream"] = "firehose.amazonaws.com",
            ["replication"] = "s3.amazonaws.com",
            ["ingest"] = "apigateway.amazonaws.com",
            ["ingest-logs"] = "apigateway.amazonaws.com",
        }));
        stack.State.Attached().Should().Equal(("ingest-logs", "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"));
    }

    [AppliedFact]
    public async Task What_the_doctor_asks_IAM_for_is_what_each_function_is_allowed()
    {
        var names = new ResourceNames { Bucket = stack.State.Output("bucket_name").GetString()! };
        var needs = FunctionNeed.Of(names, stack.State.Arns("aws_lambda_function").First(), stack.State.StreamArn(), hasConsumerQueue: true);
        var functions = stack.State.Functions().ToDictionary(function => $"data-events-{function.Name}");
        var questions = needs.SelectMany(need => need.Actions.Select(action => (functions[need.Function], new Demand(action, need.Resource)))).ToList();

        var verdicts = await PolicySimulator.AllowsAsync(questions, stack.State.KeyPolicy);

        questions.Where((_, i) => !verdicts[i]).Should().BeEmpty("the deployment is well");
        foreach (var (name, function) in functions)
        {
            // It is not asked about the log, traces and the key, nor about ListStreams, for which IAM knows no resource.
            Granted(function).Where(action => action.Split(':')[0] is not ("logs" or "xray" or "kms") && action != "dynamodb:ListStreams").Should().BeEquivalentTo(needs.Where(need => need.Function == name).SelectMany(need => need.Actions).Distinct(), name);
        }
    }

    [AppliedFact]
    public void Producers_are_told_what_they_must_be_allowed_to_post_records()
    {
        var statements = stack.State.Output("producer_actions").EnumerateArray().ToList();

        statements.Should().Contain(statement =>
            Strings(statement.GetProperty("actions")).Contains("execute-api:Invoke") && Strings(statement.GetProperty("resources")).All(resource => resource.EndsWith("/v1/POST/ingest", StringComparison.Ordinal)));
        stack.State.Output("ingest_url").GetString().Should().EndWith("/v1/ingest");
    }

    [AppliedFact]
    public async Task No_action_is_allowed_that_no_code_uses()
    {
        var calls = await RecordAsync();

        foreach (var function in stack.State.Functions())
        {
            Granted(function).Should().BeEquivalentTo(
                Demands(calls, function.Name).Select(demand => demand.Action).Concat(AskedByLambda["*"]).Concat(AskedByLambda.GetValueOrDefault(function.Name, [])).Distinct(),
                $"{function.Name} needs exactly these");
        }
    }

    [AppliedFact]
    public void The_operators_statements_allow_what_its_commands_call_and_nothing_else()
    {
        var calls = OperationsInCode.Of(typeof(OperatorCommands), typeof(EventBridgeOptions)).Concat(OperationsInCode.OfAssembly(Path.Combine(AppContext.BaseDirectory, "DataToEvents.Operator.dll")));
        var needed = calls.Select(ActionOf).Append("kms:Decrypt").Append("kms:GenerateDataKey")
            // SQS asks for it in the name of who starts the move of messages.
            .Append("sqs:SendMessage")
            // Athena asks for these in the name of who asks it.
            .Concat(["glue:GetDatabase", "glue:GetPartition", "glue:GetPartitions", "glue:GetTable", "glue:GetTables", "s3:GetBucketLocation", "s3:AbortMultipartUpload"]).Distinct();

        var granted = stack.State.Output("operator_actions").EnumerateArray().SelectMany(statement => Strings(statement.GetProperty("actions"))).Distinct();

        granted.Should().BeEquivalentTo(needed);
    }

    [AppliedFact]
    public void The_tables_on_AWS_have_the_columns_of_the_lake_on_a_laptop()
    {
        var types = new Dictionary<string, string> { ["varchar"] = "string", ["timestamp"] = "timestamp", ["bigint"] = "bigint" };
        var here = LakeSchema.Tables.ToDictionary(table => table.Name, table => table.Columns.Select(column => $"{column.Name} {types[column.Type]}"));

        var there = stack.State.GlueTables();

        there.Keys.Should().BeEquivalentTo(here.Keys);
        here.Should().AllSatisfy(table => there[table.Key].Should().Equal(table.Value, "these are the columns of {0}", table.Key));
    }

    /// <summary>Checks that the role may do all of the first, and nothing of the second.</summary>
    private async Task MayOnlyAsync(AppliedFunction role, List<Demand> own, List<Demand> foreign)
    {
        var verdicts = await PolicySimulator.AllowsAsync([.. own.Concat(foreign).Select(demand => (role, demand))], stack.State.KeyPolicy);

        own.Where((_, i) => !verdicts[i]).Should().BeEmpty("{0} needs each of these", role.Name);
        foreign.Where((_, i) => verdicts[own.Count + i]).Should().BeEmpty("{0} needs none of these", role.Name);
        foreign.Should().NotBeEmpty();
    }

    private static IEnumerable<string> Granted(AppliedFunction function) => (from policy in function.Policies
                                                                             from statement in policy.GetProperty("Statement").EnumerateArray()
                                                                             from action in Strings(statement.GetProperty("Action"))
                                                                             select action).Distinct();

    private Task<IReadOnlyDictionary<string, IReadOnlyList<ServiceCall>>> RecordAsync() =>
        RecordedCalls.OfAsync(stack.State.Functions().ToDictionary(function => function.Name, function => function.Environment));

    private List<Demand> Demands(IReadOnlyDictionary<string, IReadOnlyList<ServiceCall>> calls, string function)
    {
        var key = stack.State.Arns("aws_kms_key").Single();
        return [.. calls[function].SelectMany(call => call.Demands().Concat(call.KeyActions().Select(action => new Demand(action, key)))).Distinct()];
    }

    /// <summary>What IAM calls an operation of the tools: mostly the same, behind the service's name.</summary>
    private static string ActionOf(string operation) => operation switch
    {
        "ListObjectsV2" => "s3:ListBucket",
        "ChangeMessageVisibilityBatch" => "sqs:ChangeMessageVisibility",
        _ when operation.Contains("QueryExecution", StringComparison.Ordinal) || operation.Contains("QueryResults", StringComparison.Ordinal) => $"athena:{operation}",
        "GetAccountSettings" => "lambda:GetAccountSettings",
        "SimulatePrincipalPolicy" => "iam:SimulatePrincipalPolicy",
        "GetServiceQuota" or "GetAWSDefaultServiceQuota" => $"servicequotas:{operation}",
        "DescribeAlarms" or "GetMetricData" => $"cloudwatch:{operation}",
        _ when operation.Contains("Alias", StringComparison.Ordinal) || operation.EndsWith("ByFunction", StringComparison.Ordinal) => $"lambda:{operation}",
        _ when operation.Contains("EventSourceMapping", StringComparison.Ordinal) || operation.Contains("Concurrency", StringComparison.Ordinal) => $"lambda:{operation}",
        _ when operation.Contains("Message", StringComparison.Ordinal) || operation.Contains("Queue", StringComparison.Ordinal) => $"sqs:{operation}",
        _ when operation.Contains("Object", StringComparison.Ordinal) => $"s3:{operation}",
        _ when operation.StartsWith("PutRecord", StringComparison.Ordinal) => $"firehose:{operation}",
        _ when operation.Contains("Event", StringComparison.Ordinal) || operation.Contains("Archive", StringComparison.Ordinal) || operation.Contains("Replay", StringComparison.Ordinal) => $"events:{operation}",
        _ => $"dynamodb:{operation}",
    };

    /// <summary>In a bucket each prefix counts as a resource.</summary>
    private static string Place(string resource) => resource.StartsWith("arn:aws:s3", StringComparison.Ordinal) ? string.Join('/', resource.Split('/')[..2]) : resource;

    /// <summary>All other resources, in the deployment and beside it, to which the action could apply.</summary>
    private IEnumerable<string> Others(string action)
    {
        var bucket = Buckets(isLake: true).Single();
        return action.Split(':')[0] switch
        {
            "sqs" => stack.State.Arns("aws_sqs_queue").Append("arn:aws:sqs:eu-north-1:123456789012:another"),
            "dynamodb" => stack.State.Arns("aws_dynamodb_table").Append("arn:aws:dynamodb:eu-north-1:123456789012:table/another"),
            "events" => stack.State.Arns("aws_cloudwatch_event_bus").Append("arn:aws:events:eu-north-1:123456789012:event-bus/default"),
            "kms" => [AppliedState.AnotherKey],
            "s3" => from owner in new[] { bucket, "arn:aws:s3:::another" } from place in PlacesInBuckets select $"{owner}/{place}/x",
            var service => throw new InvalidOperationException($"Say here what else there is in {service}."),
        };
    }

    /// <summary>The bucket of the lake, or that of the answers to queries.</summary>
    private IEnumerable<string> Buckets(bool isLake) => stack.State.Arns("aws_s3_bucket").Where(arn => isLake != arn.Contains("-sql-", StringComparison.Ordinal));

    private static IEnumerable<string> Strings(System.Text.Json.JsonElement oneOrMany) =>
        oneOrMany.ValueKind == System.Text.Json.JsonValueKind.Array ? oneOrMany.EnumerateArray().Select(item => item.GetString()!) : [oneOrMany.GetString()!];
}
