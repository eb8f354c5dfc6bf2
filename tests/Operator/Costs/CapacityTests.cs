using DataToEvents.Operator.Costs;

namespace DataToEvents.Operator.Tests.Costs;

public class CapacityTests
{
    private static readonly PriceList Prices = PriceList.Shipped();

    [Fact]
    public void Below_every_quota_nothing_waits()
    {
        var plan = Plan(500, "eu-north-1");

        var (stages, delivered) = new QuotaSimulation(plan.Bounds, _ => 1).Run(_ => 500, 3_600);

        stages.Should().OnlyContain(stage => stage.Backlog == 0 && stage.Throttled == 0);
        delivered.Should().Be(500 * 3_600);
    }

    [Fact]
    public void Above_a_quota_the_difference_piles_up_before_the_narrowest_stage_only()
    {
        var bounds = Plan(2_000, "eu-north-1").Bounds.Where(bound => bound.Stage != "Firehose, bytes");

        var (stages, delivered) = new QuotaSimulation(bounds, _ => 1).Run(_ => 2_000, 600);

        stages.Where(stage => stage.Backlog > 0).Should().ContainSingle().Which.Should().Be(new StageState("EventBridge, targets invoked", 900 * 600, 600));
        delivered.Should().Be(1_100 * 600);
    }

    [Fact]
    public void A_burst_waits_and_is_worked_off()
    {
        var bounds = Plan(1_000, "us-east-1").Bounds;
        var narrowest = bounds[0];

        var (stages, _) = new QuotaSimulation(bounds, _ => 1).Run(second => second < 60 ? narrowest.EventsPerSecond * 2 : 0, 180);

        stages.Single(stage => stage.Stage == narrowest.Stage).Throttled.Should().BeInRange(118, 120);
        stages.Sum(stage => stage.Backlog).Should().BeApproximately(0, 1e-3);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void With_what_a_plan_asks_for_an_hour_at_its_rate_and_a_peak_half_as_high_again_leave_nothing_waiting(int rate)
    {
        foreach (var region in new[] { "us-east-1", "eu-north-1" })
        {
            var plan = Plan(rate, region);

            var (stages, _) = new QuotaSimulation(plan.Bounds, plan.Copies).Run(second => second % 600 < 60 ? rate * CapacityPlan.Headroom : rate, 3_600);

            stages.Should().OnlyContain(stage => stage.Backlog < 1 && stage.Throttled == 0, "{0} in {1}", rate, region);
        }
    }

    [Fact]
    public void The_plans_in_docs_are_what_the_code_computes()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "capacity.md"));
        var sections = Regex.Matches(text, @"<!-- plan (?<rate>\d+) (?<region>[a-z0-9-]+) -->\n(?<table>(\|.*\n)+)");

        sections.Should().HaveCount(6);
        foreach (Match section in sections)
        {
            section.Groups["table"].Value.Should().Be(
                Plan(int.Parse(section.Groups["rate"].Value, CultureInfo.InvariantCulture), section.Groups["region"].Value).Table(), "the plan for {0} has to be written anew", section.Groups["rate"].Value);
        }
    }

    [Fact]
    public void The_rate_of_a_stream_in_docs_is_what_the_code_computes()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "capacity.md"));

        var rate = Quotas.HottestStream(new Workload(1, 1_000, 5, Compressed: true), Prices, "us-east-1");
        text.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"**A stream** carries some {rate:N0} events a second")).And.Contain($"{Quotas.CallMs} ms a call");
    }

    [Fact]
    public void The_costs_in_docs_are_what_the_code_computes()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "performance.md"));

        string Usd(int pack, bool compressed) => new Bill(new Workload(100, 1_000, pack, Compressed: compressed), Prices).Total.ToString("N0", CultureInfo.InvariantCulture);
        text.Should().Contain($"cost some {Usd(1, false)} USD a month").And.Contain($"five in a record, {Usd(5, false)} USD").And.Contain($"`store.compress_envelopes` {Usd(1, true)} and {Usd(5, true)} USD");
    }

    [Fact]
    public void The_costs_of_a_million_records_in_docs_are_what_the_code_computes()
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "aws.md"));
        var load = new Workload(100, 1_024);
        var lines = new Bill(load, Prices).Lines;

        double Usd(string service) => Math.Round(lines.Single(line => line.Service == service).Usd / load.EventsPerMonth * 1e6, 2);
        var (queue, table, bus, functions) = (Usd("SQS FIFO"), load.WriteUnits * Prices.Price("dynamoDbWriteMillion").Usd, Usd("EventBridge"), Usd("Lambda"));
        text.Should().Contain(FormattableString.Invariant($"about ${queue + table + bus + functions:0.00} beyond")).And.Contain(FormattableString.Invariant($"(queue {queue:0.00}, table {table:0.00}, bus {bus:0.00}, Lambda {functions:0.00};"));
    }

    private static CapacityPlan Plan(int rate, string region) => new(new Workload(rate, 1_000, 5, Compressed: true), Prices, region);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
