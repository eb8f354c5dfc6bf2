using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.ServiceQuotas;
using Amazon.ServiceQuotas.Model;
using DataToEvents.Recovery.Checkup;
using DataToEvents.Recovery.Status;
using DataToEvents.Recovery.Targets;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace DataToEvents.Recovery.Tests;

/// <summary>What only AWS tells: quotas, and what roles may do. Fakes stand here for its services.</summary>
public sealed class DoctorOnAwsTests
{
    private const string Function = "arn:aws:lambda:eu-north-1:123456789012:function:data-events-transformer:1";
    private const string Changes = "arn:aws:dynamodb:eu-north-1:123456789012:table/data-events/stream/2026-12-01T00:00:00.000";

    private static readonly ResourceNames Names = new() { Bucket = "lake" };

    [Theory]
    [InlineData(0, 600.0, "Ok", "0 calls a second in the busiest five minutes of the last day, and 600 are allowed")]
    [InlineData(400, 600.0, "Ok", "400 calls a second in the busiest five minutes of the last day, and 600 are allowed")]
    [InlineData(401, 600.0, "Warn", "401 calls a second in the busiest five minutes of the last day, and 600 are allowed")]
    [InlineData(0.5, null, "Unknown", "0.5 calls a second in the busiest five minutes of the last day; AWS tells no limit here")]
    public void A_quota_is_told_before_a_load_reaches_it(double load, double? limit, string level, string found)
    {
        var finding = QuotaCheck.Judge(new Quota("calls", "calls a second", Metric("Sum"), _ => Task.FromResult(limit), "ask for more"), load, limit);

        (finding.Level.ToString(), finding.Check, finding.Found).Should().Be((level, "quota: calls", found));
    }

    [Fact]
    public async Task The_load_is_that_of_the_busiest_five_minutes_of_the_last_day()
    {
        var (clock, asked) = (new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero)), new List<GetMetricDataRequest>());
        var quota = new Quota("calls", "calls a second", Metric("Sum"), _ => Task.FromResult<double?>(10), "ask");

        var finding = (await new QuotaCheck(quota, Answering(asked, 300, 3_000, 600), clock).RunAsync(default)).Should().ContainSingle().Subject;

        (finding.Level, finding.Found).Should().Be((CheckLevel.Warn, "10 calls a second in the busiest five minutes of the last day, and 10 are allowed"));
        var request = asked.Should().ContainSingle().Subject;
        (request.EndTime - request.StartTime).Should().Be(TimeSpan.FromDays(1));
        request.MetricDataQueries.Select(query => (query.MetricStat.Stat, query.MetricStat.Period)).Should().Equal(("Sum", 300));
    }

    [Fact]
    public async Task Invocations_at_once_are_no_sum_over_time()
    {
        var quota = new Quota("concurrency", "invocations at once", Metric("Maximum"), _ => Task.FromResult<double?>(1_000), "ask");

        var finding = (await new QuotaCheck(quota, Answering([], 20, 300), TimeProvider.System).RunAsync(default)).Single();

        finding.Found.Should().StartWith("300 invocations at once");
    }

    [Fact]
    public async Task A_quota_that_the_account_did_not_raise_is_the_default_of_the_region()
    {
        var quotas = Substitute.For<IAmazonServiceQuotas>();
        quotas.GetServiceQuotaAsync(default!, default).ReturnsForAnyArgs<GetServiceQuotaResponse>(_ => throw new NoSuchResourceException("none"));
        quotas.GetAWSDefaultServiceQuotaAsync(default!, default).ReturnsForAnyArgs(new GetAWSDefaultServiceQuotaResponse { Quota = new ServiceQuota { Value = 600 } });

        (await Quota.AllowedAsync(quotas, "events", "L-9B653E91", default)).Should().Be(600);
    }

    [Fact]
    public async Task Roles_that_may_do_what_the_functions_need_are_well()
    {
        var findings = await PermissionCheck.JudgeAsync(Simulating(_ => false), Roles(), Needs(), default);

        findings.Should().Equal(CheckResult.Ok("permissions", "the functions' roles may do what they need: 26 actions"));
    }

    [Fact]
    public async Task An_action_that_a_role_may_not_do_fails_with_its_function_and_resource()
    {
        var findings = await PermissionCheck.JudgeAsync(Simulating(action => action == "events:PutEvents"), Roles(), Needs(), default);

        var finding = findings.Should().ContainSingle().Subject;
        (finding.Level, finding.Found).Should().Be((CheckLevel.Fail, "data-events-integration-event-emitter may not events:PutEvents (implicitDeny) on arn:aws:events:eu-north-1:123456789012:event-bus/data-events-bus"));
        finding.Do.Should().Contain("arn:aws:iam::123456789012:role/data-events-integration-event-emitter").And.Contain("permissions boundary");
    }

    [Fact]
    public void A_consumer_behind_a_queue_needs_that_queue_and_not_the_dead_letters()
    {
        IEnumerable<string> Queues(bool hasQueue) => FunctionNeed.Of(Names, Function, Changes, hasQueue).Where(need => need.Function == "data-events-event-responder").Select(need => need.Resource.Split(':')[^1]);

        Queues(hasQueue: false).Should().Equal("table/data-events-view", "data-events-rule-dlq");
        Queues(hasQueue: true).Should().Equal("table/data-events-view", "data-events-consumer");
    }

    [Theory]
    [InlineData("AccessDenied", "User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: iam:SimulatePrincipalPolicy on resource: arn:aws:iam::1:role/r", "iam:SimulatePrincipalPolicy")]
    [InlineData("AccessDeniedException", "User: arn:aws:iam::1:user/u is not authorized to perform: servicequotas:GetServiceQuota because no identity-based policy allows it", "servicequotas:GetServiceQuota")]
    [InlineData("AccessDenied", "Access Denied", "a permission for IdentityManagement that it does not name")]
    [InlineData("NoSuchEntity", "The role cannot be found", null)]
    [InlineData("Throttling", "Rate exceeded", null)]
    public void A_permission_that_the_caller_lacks_is_told_from_other_faults(string code, string message, string? permission) =>
        ServiceFaults.MissingPermission(new AmazonIdentityManagementServiceException(message, ErrorType.Sender, code, "1", HttpStatusCode.Forbidden)).Should().Be(permission);

    private static IReadOnlyList<FunctionNeed> Needs() => FunctionNeed.Of(Names, Function, Changes, hasConsumerQueue: false);

    private static Dictionary<string, string> Roles() => Names.Functions.ToDictionary(function => function, function => $"arn:aws:iam::123456789012:role/{function}");

    private static MetricOf Metric(string stat) => new("AWS/Any", "Any", stat, QuotaCheck.PeriodInSeconds);

    private static IAmazonCloudWatch Answering(List<GetMetricDataRequest> asked, params double[] values)
    {
        var cloudWatch = Substitute.For<IAmazonCloudWatch>();
        cloudWatch.GetMetricDataAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            asked.Add(call.Arg<GetMetricDataRequest>());
            return new GetMetricDataResponse { MetricDataResults = [new MetricDataResult { Id = "m0", Values = [.. values], Timestamps = [.. values.Select(_ => DateTime.UnixEpoch)] }] };
        });
        return cloudWatch;
    }

    /// <summary>IAM, which answers one decision a page.</summary>
    private static IAmazonIdentityManagementService Simulating(Func<string, bool> denies)
    {
        var iam = Substitute.For<IAmazonIdentityManagementService>();
        iam.SimulatePrincipalPolicyAsync(default!, default).ReturnsForAnyArgs(call =>
        {
            var request = call.Arg<SimulatePrincipalPolicyRequest>();
            var index = int.Parse(request.Marker ?? "0", CultureInfo.InvariantCulture);
            var action = request.ActionNames[index];
            return new SimulatePrincipalPolicyResponse
            {
                EvaluationResults = [new EvaluationResult { EvalActionName = action, EvalResourceName = request.ResourceArns.Single(), EvalDecision = denies(action) ? PolicyEvaluationDecisionType.ImplicitDeny : PolicyEvaluationDecisionType.Allowed }],
                IsTruncated = index + 1 < request.ActionNames.Count,
                Marker = $"{index + 1}",
            };
        });
        return iam;
    }
}
