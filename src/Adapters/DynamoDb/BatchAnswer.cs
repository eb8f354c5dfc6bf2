using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>What BatchExecuteStatement answers for one statement.</summary>
/// <param name="Code">Its error's; null is none.</param>
/// <param name="Message">Its error's, for people.</param>
/// <param name="HasItem">Whether the item that stands in the way came along.</param>
/// <param name="Hash">That item's content hash; null when it has none.</param>
internal record struct StatementAnswer(string? Code, string? Message, bool HasItem, string? Hash);

/// <summary>What BatchExecuteStatement answers: one for each statement, in order.</summary>
internal static class BatchAnswer
{
    public static List<StatementAnswer> Read(ReadOnlySpan<byte> json)
    {
        var answers = new List<StatementAnswer>(IEventStore.MaxEntries);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.NextMember())
        {
            if (!reader.Is("Responses"u8))
            {
                reader.Skip();
            }
            else if (reader.NextArray())
            {
                while (reader.NextElement())
                {
                    answers.Add(Statement(ref reader));
                }
            }
        }

        return answers;
    }

    private static StatementAnswer Statement(ref Utf8JsonReader reader)
    {
        var answer = default(StatementAnswer);
        while (reader.NextMember())
        {
            if (reader.Is("Error"u8) && reader.NextObject())
            {
                ReadError(ref reader, ref answer);
            }
            else
            {
                reader.Skip();
            }
        }

        return answer;
    }

    private static void ReadError(ref Utf8JsonReader reader, ref StatementAnswer answer)
    {
        while (reader.NextMember())
        {
            if (reader.Is("Code"u8))
            {
                answer.Code = reader.NextText();
            }
            else if (reader.Is("Message"u8))
            {
                answer.Message = reader.NextText();
            }
            else if (reader.Is("Item"u8) && reader.NextObject())
            {
                ReadItem(ref reader, ref answer);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadItem(ref Utf8JsonReader reader, ref StatementAnswer answer)
    {
        while (reader.NextMember())
        {
            answer.HasItem = true;
            if (reader.Is("hash"u8) && reader.NextObject())
            {
                while (reader.NextMember())
                {
                    // An attribute holds one member, its type's.
                    answer.Hash = reader.NextText();
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
