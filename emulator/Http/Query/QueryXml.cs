using System.Xml;
using System.Xml.Linq;

namespace DataToEvents.Emulator.Http.Query;

/// <summary>The XML of responses.</summary>
internal static class QueryXml
{
    // A carriage return in a message would else be a line feed for the reader.
    private static readonly XmlWriterSettings Writing = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize, Async = true };

    /// <summary>A response: the members of its JSON below the result's element.</summary>
    public static Task WriteAsync(HttpContext context, QueryForms forms, string operation, JsonObject answer)
    {
        XNamespace names = forms.Namespace;
        return WriteAsync(context, new XElement(
            names + $"{operation}Response",
            new XElement(names + $"{operation}Result", Members(names, forms, operation, answer)),
            new XElement(names + "ResponseMetadata", new XElement(names + "RequestId", context.TraceIdentifier))));
    }

    /// <summary>An error. If part of another response was sent already, the connection is cut.</summary>
    public static Task WriteAsync(HttpContext context, XNamespace names, AwsError error, string? message = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = error.Status;
        return WriteAsync(context, new XElement(
            names + "ErrorResponse",
            new XElement(
                names + "Error",
                new XElement(names + "Type", error.Status < 500 ? "Sender" : "Receiver"),
                new XElement(names + "Code", error.QueryCode ?? error.Type),
                new XElement(names + "Message", message ?? error.Message),
                new XElement(names + "Detail")),
            new XElement(names + "RequestId", context.TraceIdentifier)));
    }

    private static IEnumerable<XElement> Members(XNamespace names, QueryForms forms, string operation, JsonObject json) => json.SelectMany(member =>
    {
        if (member.Value is JsonArray or JsonObject && forms.Elements.TryGetValue(member.Key, out var list))
        {
            var name = names + list.Name.Replace("*", operation, StringComparison.Ordinal);
            return member.Value is JsonArray items
                ? items.Select(item => new XElement(name, Content(item)))
                : member.Value.AsObject().Select(item => new XElement(name, new XElement(names + list.Key!, item.Key), new XElement(names + list.Value, Content(item.Value))));
        }

        return [new XElement(names + member.Key, Content(member.Value))];

        object? Content(JsonNode? value) => value is JsonObject inner ? Members(names, forms, operation, inner) : value?.ToString();
    });

    private static async Task WriteAsync(HttpContext context, XElement root)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>");
        await using (var writer = XmlWriter.Create(text, Writing))
        {
            await root.SaveAsync(writer, context.RequestAborted);
        }

        context.Response.ContentType = "text/xml";
        await context.Response.WriteAsync(text.ToString());
    }
}
