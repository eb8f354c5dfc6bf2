using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Examples;

/// <summary>Checks the resources of examples/hardened by Checkov's rules, named as in Checkov, because Checkov is not available everywhere.</summary>
[Collection(nameof(ExampleRuns))]
public sealed partial class HardenedTests(ExampleRuns runs)
{
    private static readonly Dictionary<string, (string Type, Func<JsonElement, bool> Holds)> Rules = new()
    {
        ["CKV_AWS_7"] = ("aws_kms_key", key => key.GetProperty("enable_key_rotation").GetBoolean()),
        ["CKV_AWS_21"] = ("aws_s3_bucket_versioning", bucket => bucket.GetProperty("versioning_configuration")[0].GetProperty("status").GetString() == "Enabled"),
        ["CKV_AWS_26"] = ("aws_sns_topic", topic => Has(topic, "kms_master_key_id")),
        ["CKV_AWS_27"] = ("aws_sqs_queue", queue => Has(queue, "kms_master_key_id") || queue.GetProperty("sqs_managed_sse_enabled").GetBoolean()),
        ["CKV_AWS_28"] = ("aws_dynamodb_table", table => table.GetProperty("point_in_time_recovery")[0].GetProperty("enabled").GetBoolean()),
        ["CKV_AWS_50"] = ("aws_lambda_function", function => function.GetProperty("tracing_config")[0].GetProperty("mode").GetString() == "Active"),
        ["CKV_AWS_53"] = ("aws_s3_bucket_public_access_block", block => block.GetProperty("block_public_acls").GetBoolean()),
        ["CKV_AWS_54"] = ("aws_s3_bucket_public_access_block", block => block.GetProperty("block_public_policy").GetBoolean()),
        ["CKV_AWS_55"] = ("aws_s3_bucket_public_access_block", block => block.GetProperty("ignore_public_acls").GetBoolean()),
        ["CKV_AWS_56"] = ("aws_s3_bucket_public_access_block", block => block.GetProperty("restrict_public_buckets").GetBoolean()),
        ["CKV_AWS_76"] = ("aws_apigatewayv2_stage", stage => Has(stage.GetProperty("access_log_settings")[0], "destination_arn")),
        ["CKV_AWS_82"] = ("aws_athena_workgroup", workgroup => workgroup.GetProperty("configuration")[0].GetProperty("enforce_workgroup_configuration").GetBoolean()),
        ["CKV_AWS_115"] = ("aws_lambda_function", function => function.GetProperty("reserved_concurrent_executions").GetInt32() > 0),
        ["CKV_AWS_117"] = ("aws_lambda_function", function => function.GetProperty("vpc_config").GetArrayLength() == 1),
        ["CKV_AWS_119"] = ("aws_dynamodb_table", table => Has(table.GetProperty("server_side_encryption")[0], "kms_key_arn")),
        ["CKV_AWS_144"] = ("aws_s3_bucket_replication_configuration", replication => replication.GetProperty("rule")[0].GetProperty("status").GetString() == "Enabled"),
        ["CKV_AWS_145"] = ("aws_s3_bucket_server_side_encryption_configuration", Encrypted),
        ["CKV_AWS_158"] = ("aws_cloudwatch_log_group", group => Has(group, "kms_key_id")),
        ["CKV_AWS_159"] = ("aws_athena_workgroup", workgroup => workgroup.GetProperty("configuration")[0].GetProperty("result_configuration")[0].GetProperty("encryption_configuration")[0].GetProperty("encryption_option").GetString() == "SSE_KMS"),
        ["CKV_AWS_173"] = ("aws_lambda_function", function => Has(function, "kms_key_arn")),
        ["CKV_AWS_240"] = ("aws_kinesis_firehose_delivery_stream", stream => stream.GetProperty("server_side_encryption")[0].GetProperty("enabled").GetBoolean()),
        ["CKV_AWS_241"] = ("aws_kinesis_firehose_delivery_stream", stream => stream.GetProperty("server_side_encryption")[0].GetProperty("key_type").GetString() == "CUSTOMER_MANAGED_CMK"),
        ["CKV_AWS_300"] = ("aws_s3_bucket_lifecycle_configuration", bucket => bucket.GetProperty("rule").EnumerateArray().Any(rule => rule.GetProperty("abort_incomplete_multipart_upload").GetArrayLength() == 1)),
        ["CKV_AWS_309"] = ("aws_apigatewayv2_route", route => route.GetProperty("authorization_type").GetString() != "NONE"),
        ["CKV_AWS_338"] = ("aws_cloudwatch_log_group", group => group.GetProperty("retention_in_days").GetInt32() is 0 or >= 365),
    };

    public static TheoryData<string> Names() => new(Rules.Keys);

    [TerraformTheory]
    [MemberData(nameof(Names))]
    public void The_hardened_example_passes(string rule)
    {
        var (type, holds) = Rules[rule];
        var resources = runs["hardened"].Resources.Where(resource => resource.Type == type).ToList();

        resources.Should().NotBeEmpty();
        resources.Where(resource => !holds(resource.Values)).Select(resource => resource.Address).Should().BeEmpty();
    }

    [Fact]
    public void Each_rule_that_is_skipped_has_its_reason_and_none_is_skipped_that_passes()
    {
        var skips = File.ReadAllLines(Repository.PathOf("terraform", ".checkov.yaml")).Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).ToList();

        skips.Should().NotBeEmpty().And.AllSatisfy(skip => skip.Should().MatchRegex("^  - CKV2?_AWS_[0-9]+ # [A-Z].+\\.$"));
        skips.Select(skip => Rule().Match(skip).Value).Should().OnlyHaveUniqueItems().And.NotContain(Rules.Keys);
    }

    private static bool Has(JsonElement values, string name) => values.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() != "";

    private static bool Encrypted(JsonElement bucket) =>
        bucket.GetProperty("rule")[0].GetProperty("apply_server_side_encryption_by_default")[0].GetProperty("sse_algorithm").GetString() == "aws:kms";

    [GeneratedRegex("CKV2?_AWS_[0-9]+")]
    private static partial Regex Rule();
}
