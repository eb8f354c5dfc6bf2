using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sqs;

namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>
/// The same for the services that do not speak AWS's JSON protocol by a target header: each operation of S3, Lambda and STS, and each query parameter and header of
/// an operation that is here, is honoured or refused.
/// </summary>
public partial class RestMemberTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> BucketOperations => [.. S3Request.Operations.Keys];

    public static TheoryData<string> FunctionOperations => [.. FunctionRequests.Operations.Keys];

    [Fact]
    public async Task An_operation_of_S3_that_is_not_here_is_refused()
    {
        await using var bed = await MembersBed.OpenAsync();

        // Directory buckets have endpoints of their own: there ListDirectoryBuckets is what ListBuckets is here.
        foreach (var operation in ServiceModel.All["s3"].Operations.Values.Where(static operation => !S3Request.Operations.ContainsKey(operation.Name) && operation.Name != "ListDirectoryBuckets"))
        {
            var answer = await CallAsync(bed, "s3", operation, Members("s3", operation).Where(static member => member.IsRequired));
            // An object that is renamed, restored or read for a Lambda is none that S3 refuses by a query: its bucket does not exist here.
            answer.Status.Should().BeOneOf([501, 404], "{0} is not here", operation.Name);
            answer.Body.Should().MatchRegex("NotImplemented|NoSuchBucket|UnknownOperationException", operation.Name);
        }
    }

    [Theory]
    [MemberData(nameof(BucketOperations))]
    public async Task Each_parameter_and_header_of_S3_is_honoured_or_refused(string name)
    {
        await using var bed = await MembersBed.OpenAsync();
        var (operation, terms) = (ServiceModel.All["s3"].Operations[name], S3Request.Operations[name]);
        S3Term[] known = [.. terms.Query, .. terms.Headers, .. S3Request.Any.Headers];

        foreach (var member in Members("s3", operation).Where(static member => member.Place is "querystring" or "header"))
        {
            var isKnown = known.Any(term => term.Name.Equals(member.PlaceName, StringComparison.OrdinalIgnoreCase)) || member.PlaceName is "Content-Length" or "Content-Type";
            var answer = await CallAsync(bed, "s3", operation, [.. Members("s3", operation).Where(static one => one is { IsRequired: true, Place: not "payload" }), member]);
            if (!isKnown)
            {
                answer.Status.Should().Be(501, "{0} of {1} is not honoured", member.Name, name);
            }
            else if (answer.Status == 501)
            {
                known.Should().Contain(term => term.Name.Equals(member.PlaceName, StringComparison.OrdinalIgnoreCase) && term.Values.Length > 0, "{0} of {1} is refused only for its value", member.Name, name);
            }
        }
    }

    [Fact]
    public async Task An_operation_of_Lambda_that_is_not_here_is_refused()
    {
        await using var bed = await MembersBed.OpenAsync();

        foreach (var operation in ServiceModel.All["lambda"].Operations.Values.Where(static operation => !FunctionRequests.Operations.ContainsKey(operation.Name)))
        {
            var answer = await CallAsync(bed, "lambda", operation, Members("lambda", operation).Where(static member => member.IsRequired));
            answer.Refusal.Should().Be("404 UnknownOperationException: The requested operation is not recognized by the service.", operation.Name);
        }
    }

    [Theory]
    [MemberData(nameof(FunctionOperations))]
    public async Task Each_parameter_and_header_of_Lambda_is_honoured_or_refused(string name)
    {
        await using var bed = await MembersBed.OpenAsync();
        var (operation, shape) = (ServiceModel.All["lambda"].Operations[name], FunctionRequests.Operations[name]);
        var needed = Members("lambda", operation).Where(static member => member.IsRequired).ToList();

        foreach (var member in Members("lambda", operation).Where(static member => member.Place is "querystring" or "header" or null))
        {
            var answer = await CallAsync(bed, "lambda", operation, [.. needed, member]);
            var known = shape.Members.FirstOrDefault(one => one.Name == member.Name);
            if (known is null || known.Values.Count > 0)
            {
                // The value is the first of the model, or a word of no meaning.
                var isRight = known?.Values.Contains(ServiceModel.All["lambda"].TypeOf(member.Type).Values.FirstOrDefault("x")) == true;
                (answer.Status, answer.Body.Contains("is not supported here", StringComparison.Ordinal)).Should().Be(isRight ? (member.Name == "InvocationType" ? 202 : 200, false) : (400, true), "{0} of {1}", member.Name, name);
            }
        }

        (await CallAsync(bed, "lambda", operation, needed)).Status.Should().Be(name switch { "UpdateEventSourceMapping" => 202, "DeleteFunctionConcurrency" => 204, _ => 200 });
    }

    [Fact]
    public async Task Each_operation_of_STS_but_one_is_refused()
    {
        await using var bed = await MembersBed.OpenAsync();

        foreach (var operation in ServiceModel.All["sts"].Operations.Keys)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent([new("Action", operation), new("Version", "2011-06-15")]) };
            var answer = await EndpointResponse.ToAsync(bed.Http, request);
            answer.Status.Should().Be(operation == "GetCallerIdentity" ? 200 : 400, operation);
            answer.Body.Should().Contain(operation == "GetCallerIdentity" ? "<Arn>arn:aws:iam::000000000000:root</Arn>" : "<Code>InvalidAction</Code>", operation);
        }
    }

    /// <summary>The Query protocol has the members of the JSON protocol: each is passed on, and the JSON protocol's tests hold it there.</summary>
    [Fact]
    public async Task A_parameter_of_a_form_that_no_operation_has_is_refused()
    {
        await using var bed = await MembersBed.OpenAsync();

        foreach (var operation in SqsShapes.Operations.Keys)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new FormUrlEncodedContent([new("Action", operation), new("Version", "2012-11-05"), new("Other", "x")]) };
            var answer = await EndpointResponse.ToAsync(bed.Http, request);
            answer.Body.Should().Contain("<Code>ValidationException</Code>").And.Contain($"{operation} with Other is not supported here.");
        }
    }

    private static List<ModelMember> Members(string service, ModelOperation operation) => [.. ServiceModel.All[service].Members(operation.Input)];

    /// <summary>A request with these members at their places, and a signature for the service.</summary>
    private static Task<EndpointResponse> CallAsync(MembersBed bed, string service, ModelOperation operation, IEnumerable<ModelMember> members)
    {
        var set = members.DistinctBy(static member => member.Name).ToList();
        var path = Place().Replace(operation.Uri!, place => place.Groups[1].Value switch
        {
            "Bucket" => MembersBed.Bucket,
            "FunctionName" => "fake",
            "UUID" => bed.Mapping,
            _ => "x",
        });
        var query = set.Where(static member => member.Place == "querystring").Select(member => $"{member.PlaceName}={Uri.EscapeDataString(Value(service, member))}");
        path += (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', query);
        var request = new HttpRequestMessage(new HttpMethod(operation.Method!), path.TrimEnd('?', '&')) { Content = new ByteArrayContent(Body(service, set)) };
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=any/20261130/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        foreach (var member in set.Where(static member => member.Place == "header"))
        {
            if (!request.Headers.TryAddWithoutValidation(member.PlaceName, Value(service, member)))
            {
                request.Content.Headers.TryAddWithoutValidation(member.PlaceName, member.PlaceName == "Content-Length" ? "0" : Value(service, member));
            }
        }

        return EndpointResponse.ToAsync(bed.Http, request);
    }

    /// <summary>The members that stand in the body of a JSON request.</summary>
    private static byte[] Body(string service, List<ModelMember> members)
    {
        var inBody = members.Where(static member => member.Place is null).ToList();
        return service == "lambda" && inBody.Count > 0
            ? Encoding.UTF8.GetBytes(new JsonObject(inBody.Select(member => KeyValuePair.Create(member.Name, Literal(service, member)))).ToJsonString())
            : [];
    }

    private static JsonNode? Literal(string service, ModelMember member) => ServiceModel.All[service].TypeOf(member.Type).Kind switch
    {
        ModelKind.Number => 1,
        ModelKind.Flag => true,
        _ => "x",
    };

    private static string Value(string service, ModelMember member)
    {
        var type = ServiceModel.All[service].TypeOf(member.Type);
        return type.Kind switch
        {
            ModelKind.Number => "1",
            ModelKind.Flag => "true",
            ModelKind.Time => Time.ToString("R", CultureInfo.InvariantCulture),
            _ => type.Values.FirstOrDefault("x"),
        };
    }

    [GeneratedRegex(@"\{(\w+)\+?\}")]
    private static partial Regex Place();
}
