namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>
/// Each operation and each member in the service models of Firehose, SQS, DynamoDB, DynamoDB Streams and EventBridge is honoured or refused. The list
/// of what is honoured stands in each service's Operations; these tests are made from it and from the models.
/// </summary>
public class JsonMemberTests
{
    public static TheoryData<string> Services => [.. Samples.ByService.Keys];

    public static IEnumerable<object[]> Operations => Samples.ByService.SelectMany(static service => service.Value.Keys.Select(operation => new object[] { service.Key, operation }));

    [Theory]
    [MemberData(nameof(Services))]
    public async Task An_operation_that_is_not_here_is_refused(string name)
    {
        await using var bed = await MembersBed.OpenAsync();
        var service = bed.JsonServices[name];

        foreach (var operation in ServiceModel.All[name].Operations.Keys.Except(service.Operations.Keys))
        {
            (await bed.CallAsync(service, operation, [])).Refusal.Should().StartWith("400 ").And.Contain("UnknownOperationException: ", operation);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Operations_and_members_have_the_names_of_the_model_and_each_operation_has_a_sample(string name)
    {
        await using var bed = await MembersBed.OpenAsync();
        var (service, model) = (bed.JsonServices[name], ServiceModel.All[name]);

        service.Operations.Keys.Should().BeEquivalentTo(Samples.ByService[name].Keys).And.BeSubsetOf(model.Operations.Keys);
        service.Operations.SelectMany(operation => JsonProbes.Unknown(model, model.Operations[operation.Key].Input, operation.Value)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Each_member_of_an_operation_is_honoured_or_refused(string name, string operation)
    {
        await using var bed = await MembersBed.OpenAsync();
        var (service, model) = (bed.JsonServices[name], ServiceModel.All[name]);
        var right = await Samples.OfAsync(bed, name, operation);
        var faults = new List<string>();

        foreach (var probe in new JsonProbes(model, right).Of(model.Operations[operation], service.Operations[operation]))
        {
            var answer = await bed.CallAsync(service, operation, probe.Request);
            // A batch of statements says for each of them what is wrong with it.
            var isRefused = answer.Status == 400 || (operation == "BatchExecuteStatement" && answer.Body.Contains("\"Error\":", StringComparison.Ordinal));
            var isRight = probe.Refused is null ? isRefused : answer.Refusal.StartsWith("400 ", StringComparison.Ordinal) && answer.Refusal.Contains($"ValidationException: {probe.Refused}", StringComparison.Ordinal);
            if (!isRight)
            {
                faults.Add($"{probe.Path} in {probe.Request.ToJsonString()} answered {answer.Status} {answer.Body}");
            }
        }

        faults.Should().BeEmpty();
        (await bed.CallAsync(service, operation, right)).Should().Match<EndpointResponse>(answer => answer.Status == 200, "{0} is right", right.ToJsonString());
    }
}
