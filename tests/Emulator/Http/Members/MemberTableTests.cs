using DataToEvents.Emulator.Http.Functions;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Http.S3;
using DataToEvents.Emulator.Http.Sts;
using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>
/// The table of emulator/README.md: each operation that is here with the members that it honours and refuses, by what the services declare and by AWS's service models.
/// With the environment variable <c>RENEW_TABLES=1</c> the test writes the table.
/// </summary>
public class MemberTableTests
{
    private const string Begin = "<!-- The table is made by tests/Emulator/Http/Members/MemberTableTests.cs: RENEW_TABLES=1. -->";

    private const string End = "<!-- End of the table. -->";

    private static readonly string Readme = Path.Combine(DynamoDbLocal.RepositoryRoot(), "emulator", "README.md");

    private static readonly (string Title, string Model)[] Titles =
    [
        ("Amazon Data Firehose", "firehose"), ("Amazon SQS", "sqs"), ("Amazon DynamoDB", "dynamodb"), ("Amazon DynamoDB Streams", "dynamodbstreams"), ("Amazon EventBridge", "events"),
        ("AWS Lambda", "lambda"), ("AWS STS", "sts"), ("Amazon S3", "s3"),
    ];

    [Fact]
    public async Task The_README_tells_for_each_operation_which_members_are_honoured_and_refused()
    {
        await using var bed = await MembersBed.OpenAsync();
        var shapes = bed.JsonServices.ToDictionary(static service => service.Key, static service => service.Value.Operations);
        shapes["lambda"] = FunctionRequests.Operations;
        shapes["sts"] = new StsService("000000000000").Operations;
        shapes["s3"] = S3Request.Operations.ToDictionary(static operation => operation.Key, operation => OfS3(ServiceModel.All["s3"].Operations[operation.Key], operation.Value));
        var table = string.Join('\n', Titles.SelectMany(title => Rows(title.Title, ServiceModel.All[title.Model], shapes[title.Model])));
        var text = await File.ReadAllTextAsync(Readme);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));

        if (Environment.GetEnvironmentVariable("RENEW_TABLES") == "1")
        {
            await File.WriteAllTextAsync(Readme, $"{text[..from]}\n{table}\n{text[to..]}");
            return;
        }

        text[from..to].Should().Be($"\n{table}\n");
    }

    private static IEnumerable<string> Rows(string title, ServiceModel model, IReadOnlyDictionary<string, RequestShape> shapes)
    {
        yield return $"\n### {title}\n";
        yield return "| Operation | Honoured | Refused |";
        yield return "|---|---|---|";
        foreach (var (name, shape) in shapes.OrderBy(static shape => shape.Key, StringComparer.Ordinal))
        {
            var input = model.Operations[name].Input;
            yield return $"| {name} | {Names(shape.Members.Select(Honoured))} | {Names(Refused(model, input, shape, ""))} |";
        }

        var others = model.Operations.Keys.Except(shapes.Keys).ToList();
        yield return others.Count == 0 ? "\nThere are no other operations." : $"\nRefused: {string.Join(", ", others)}.";
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static string Honoured(RequestMember member)
    {
        var values = member.Values.Count > 0 ? $" ({string.Join(", ", member.Values)})" : member.HasNoEffect is null ? "" : " (no effect)";
        return member.Name + values + ((member.Members ?? member.Each) is { } inner ? $" {{{Names(inner.Members.Select(Honoured))}}}" : "");
    }

    private static IEnumerable<string> Refused(ServiceModel model, string? structure, RequestShape shape, string path) => model.Members(structure).SelectMany(member =>
    {
        if (shape.Members.FirstOrDefault(known => known.Name == member.Name) is not { } known)
        {
            return [path + member.Name];
        }

        var type = model.TypeOf(member.Type);
        var element = type.Kind == ModelKind.Structure ? type.Element : type.Kind is ModelKind.List or ModelKind.Map && model.TypeOf(type.Element) is { Kind: ModelKind.Structure } inner ? inner.Element : null;
        return element is not null && (known.Members ?? known.Each) is { } declared ? Refused(model, element, declared, $"{path}{member.Name}.") : [];
    });

    /// <summary>S3 declares parameters and headers; the members of the model stand for them.</summary>
    private static RequestShape OfS3(ModelOperation operation, S3Terms terms)
    {
        S3Term? Term(ModelMember member) => terms.Query.Concat(terms.Headers).FirstOrDefault(term => term.Name.TrimEnd('-').Equals(member.PlaceName.TrimEnd('-'), StringComparison.OrdinalIgnoreCase));
        return new RequestShape([.. ServiceModel.All["s3"].Members(operation.Input)
            .Where(member => member.Place is "uri" or "payload" or null or "element" || member.PlaceName is "Content-Length" || Term(member) is not null)
            .Select(member => new RequestMember(member.Name) { Values = Term(member)?.Values ?? [] })]);
    }
}
