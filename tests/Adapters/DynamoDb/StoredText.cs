using System.Text;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.Tests.DynamoDb;

internal static class StoredText
{
    /// <summary>An envelope as any reader of the table gets it.</summary>
    public static string Of(AttributeValue value) => value.S ?? Encoding.UTF8.GetString(StoredEnvelope.Decompress(value.B)!);
}
