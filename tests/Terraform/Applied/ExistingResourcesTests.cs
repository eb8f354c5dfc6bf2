namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>terraform/examples/existing-resources, applied on moto beside what is there already, and destroyed again.</summary>
public sealed class ExistingResources : IAsyncLifetime
{
    internal AppliedExample Example { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (AppliedFactAttribute.Missing is null)
        {
            Example = await AppliedExample.OfAsync("existing-resources");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

public sealed class ExistingResourcesTests(ExistingResources stack) : IClassFixture<ExistingResources>
{
    [AppliedFact]
    public void A_second_plan_shows_no_change() => stack.Example.SecondPlan.ExitCode.Should().Be(0, stack.Example.SecondPlan.Text);

    [AppliedFact]
    public void What_is_there_already_is_not_made_again()
    {
        var made = stack.Example.Applied.Except(stack.Example.Before).ToList();

        made.Should().HaveCountGreaterThan(30, "the rest of the path is made");
        made.Select(line => line.Split(' ')[0]).Should().NotContain(["s3", "sns"]);
        made.Should().NotContain(line => line.StartsWith("logs /aws/lambda/", StringComparison.Ordinal));
        stack.Example.Applied.Where(line => line.StartsWith("events ", StringComparison.Ordinal)).Should().Equal("events orders-archive", "events our-bus");
    }

    [AppliedFact]
    public void Destroy_leaves_what_was_there_before() => stack.Example.Afterwards.Should().BeEquivalentTo(stack.Example.Before).And.Contain("s3 our-lake");
}
