namespace DataToEvents.Terraform.Tests.Provider;

/// <summary>
/// Version 6 of the provider is not available where these tests run, but its schema is. The test looks up each name that the configuration uses in that schema.
/// It does not check which values version 6 refuses, its defaults, or what it does.
/// </summary>
public sealed class ProviderSixTests
{
    [SchemaFact]
    public void Each_resource_and_argument_that_is_set_or_read_is_one_of_version_6()
    {
        var schema = ProviderSchema.OfVersionSix();
        var uses = ConfigurationUses.Read();

        schema.Version.Should().StartWith("6.");
        uses.Should().HaveCountGreaterThan(250);
        uses.Select(use => use.Kind).Distinct().Should().HaveCountGreaterThan(35);
        uses.Where(use => !schema.Knows(use)).Should().BeEmpty();
    }

    [SchemaFact]
    public void A_name_that_is_not_in_the_schema_is_found()
    {
        var schema = ProviderSchema.OfVersionSix();
        const string Text = """
            resource "aws_sqs_queue" "this" {
              name    = aws_kms_key.this.fingerprint
              dropped = true

              dynamic "lost" {
                for_each = [1]

                content {
                  arn = 1
                }
              }
            }

            resource "aws_lambda_event_source_mapping" "this" {
              destination_config {
                on_failure {
                  destination_arn = "arn"
                  topic           = "arn"
                }
              }
            }

            data "aws_gone" "this" {
              name = "x"
            }
            """;

        ConfigurationUses.Read(Text).Where(use => !schema.Knows(use)).Select(use => use.ToString()).Should().BeEquivalentTo(
            "aws_kms_key.fingerprint (read)", "aws_sqs_queue.dropped", "aws_sqs_queue.lost", "aws_sqs_queue.lost.arn",
            "aws_lambda_event_source_mapping.destination_config.on_failure.topic", "data.aws_gone.name");
    }
}
