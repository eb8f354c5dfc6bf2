namespace DataToEvents.Deployed.Tests.Discovery;

public class AnswerTests
{
    [Fact]
    public void A_member_that_nobody_reads_is_an_error()
    {
        var read = () => Read("""{"Name":"x","TumblingWindowInSeconds":30}""", answer => answer.Text("Name"));

        read.Should().Throw<DeploymentException>().WithMessage("*TumblingWindowInSeconds = 30*");
    }

    [Fact]
    public void A_member_that_is_missing_is_an_error()
    {
        var read = () => Read("""{"Name":"x"}""", answer => answer.Whole("BatchSize"));

        read.Should().Throw<DeploymentException>().WithMessage("*no BatchSize*");
    }

    [Fact]
    public void What_is_there_and_empty_is_not_set() =>
        Read("""{"a":null,"b":[],"c":{},"d":"","e":0}""", answer => (answer.Has("a"), answer.Has("b"), answer.Has("c"), answer.Has("d"), answer.Whole("e")))
            .Should().Be((false, false, false, false, 0));

    [Fact]
    public void A_value_that_is_not_played_is_an_error()
    {
        var read = () => Read("""{"StartingPosition":"LATEST"}""", answer =>
        {
            answer.Must("StartingPosition", "TRIM_HORIZON");
            return 0;
        });

        read.Should().Throw<DeploymentException>().WithMessage("*StartingPosition = LATEST*TRIM_HORIZON*");
    }

    private static T Read<T>(string json, Func<Answer, T> read) => Answer.Read(JsonDocument.Parse(json).RootElement, "The answer", read);
}
