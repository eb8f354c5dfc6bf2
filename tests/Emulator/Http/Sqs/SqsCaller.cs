using System.Net.Http.Headers;
using System.Xml.Linq;
using DataToEvents.Emulator.Http.Sqs;

namespace DataToEvents.Emulator.Tests.Http.Sqs;

/// <summary>Calls SQS by its JSON protocol or by the older Query protocol, and tells errors alike.</summary>
internal sealed class SqsCaller(HttpClient http, bool isQuery)
{
    /// <summary>What an operation refuses: status, code as the Query protocol has it, message.</summary>
    public async Task<string> RefusalAsync(string operation, string json)
    {
        var answer = await SendAsync(operation, json);
        if (!isQuery)
        {
            return $"{answer.Status} {answer.Headers["x-amzn-query-error"].Split(';')[0]}: {JsonNode.Parse(answer.Body)!["message"]}";
        }

        var error = XElement.Parse(answer.Body).Elements().First(element => element.Name.LocalName == "Error");
        string Part(string name) => error.Elements().First(element => element.Name.LocalName == name).Value;
        return $"{answer.Status} {Part("Code")}: {Part("Message")}";
    }

    /// <summary>What an operation answers, as JSON in both protocols.</summary>
    public async Task<EndpointResponse> CallAsync(string operation, string json)
    {
        var answer = await SendAsync(operation, json);
        return isQuery && answer.Status == 200
            ? answer with { Body = EndpointResponse.Compact(Object(operation, XElement.Parse(answer.Body).Elements().First().Elements()).ToJsonString()) }
            : answer;
    }

    private async Task<EndpointResponse> SendAsync(string operation, string json)
    {
        if (!isQuery)
        {
            return await EndpointResponse.ToAsync(http, $"AmazonSQS.{operation}", json);
        }

        var form = Form(operation, "", JsonNode.Parse(json)!.AsObject()).Prepend(new("Version", "2012-11-05")).Prepend(new("Action", operation));
        return await PostAsync(string.Join('&', form.Select(static pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")));
    }

    /// <summary>Sends a form as it is.</summary>
    public async Task<EndpointResponse> PostAsync(string form, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")) };
        return await EndpointResponse.ToAsync(http, request);
    }

    private static JsonObject Object(string operation, IEnumerable<XElement> elements)
    {
        var json = new JsonObject();
        foreach (var same in elements.GroupBy(static element => element.Name.LocalName))
        {
            var list = SqsForms.All.Elements.FirstOrDefault(list => list.Value.Name.Replace("*", operation, StringComparison.Ordinal) == same.Key && (same.Key != "QueueUrl" || operation.StartsWith("List", StringComparison.Ordinal)));
            json[list.Key ?? same.Key] = list.Key is null ? Value(operation, same.Single())
                : list.Value.Key is null ? new JsonArray([.. same.Select(element => Value(operation, element))])
                : new JsonObject(same.Select(element => KeyValuePair.Create(element.Elements().First().Value, (JsonNode?)Value(operation, element.Elements().Last()))));
        }

        return json;
    }

    private static JsonNode Value(string operation, XElement element) => element.HasElements ? Object(operation, element.Elements()) : element.Value;

    private static IEnumerable<KeyValuePair<string, string>> Form(string operation, string prefix, JsonObject json) => json.SelectMany(member => Form(operation, prefix, member.Key, member.Value!));

    private static IEnumerable<KeyValuePair<string, string>> Form(string operation, string prefix, string name, JsonNode value)
    {
        var list = SqsForms.All.Lists.FirstOrDefault(list => list.Value.Name == name && !list.Key.Contains('/', StringComparison.Ordinal) && (name != "Entries" || list.Key == $"{operation}RequestEntry"));
        return value switch
        {
            JsonArray items => items.SelectMany((item, i) => item is JsonObject inner ? Form(operation, $"{prefix}{list.Key}.{i + 1}.", inner) : [new($"{prefix}{list.Key}.{i + 1}", item!.ToString())]),
            JsonObject map when list.Key is not null => map.SelectMany((item, i) => Form(operation, $"{prefix}{list.Key}.{i + 1}.", new JsonObject { [list.Value.Key!] = item.Key, [list.Value.Value] = item.Value!.DeepClone() })),
            JsonObject inner => Form(operation, $"{prefix}{name}.", inner),
            _ => [new(prefix + name, value.ToString())],
        };
    }
}
