using DataToEvents.Deployed.Tests.Wiring;
using Xunit.Abstractions;

namespace DataToEvents.Deployed.Tests;

/// <summary>The deployment as it is, from <c>terraform apply</c> to <c>terraform destroy</c>.</summary>
[Collection(nameof(DeployedWiring))]
public sealed class DeployedWiringTests(DeployedWiring wiring, ITestOutputHelper output)
{
    [DeployedFact]
    public async Task The_five_promises_hold_for_every_record_that_is_fed_to_what_terraform_deployed()
    {
        var broken = await wiring.Trials.Whole;

        output.WriteLine($"The functions wrote last:{Environment.NewLine}{wiring.Trials}");
        broken.Should().BeEmpty();
    }

    [DeployedFact]
    public async Task The_promises_hold_too_when_envelopes_are_stored_compressed() => (await wiring.Trials.With("compressed envelopes")).Should().BeEmpty();

    [DeployedFact]
    public async Task The_promises_hold_too_with_a_customers_key_a_queue_before_the_consumer_and_records_over_http() =>
        (await wiring.Trials.With("key, consumer's queue, ingest")).Should().BeEmpty();

    [DeployedFact]
    public void A_second_plan_shows_no_change() => wiring.SecondPlan.ExitCode.Should().Be(0, "the plan says: {0}", wiring.SecondPlan.Output);

    [DeployedFact]
    public async Task Destroy_leaves_nothing() => (await wiring.Leftovers).Should().OnlyContain(kind => kind.Value == 0);
}
