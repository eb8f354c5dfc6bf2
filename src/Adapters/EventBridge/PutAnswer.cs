using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.EventBridge;

/// <summary>What PutEvents answers: a result for each entry, in order.</summary>
internal static class PutAnswer
{
    public static List<Attempt> Read(ReadOnlySpan<byte> json)
    {
        var attempts = new List<Attempt>(IEventPublisher.MaxEntries);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.NextMember())
        {
            if (!reader.Is("Entries"u8))
            {
                reader.Skip();
            }
            else if (reader.NextArray())
            {
                while (reader.NextElement())
                {
                    attempts.Add(Entry(ref reader));
                }
            }
        }

        return attempts;
    }

    private static Attempt Entry(ref Utf8JsonReader reader)
    {
        string? code = null, message = null;
        while (reader.NextMember())
        {
            if (reader.Is("ErrorCode"u8))
            {
                code = reader.NextText();
            }
            else if (reader.Is("ErrorMessage"u8))
            {
                message = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        var reason = code is null ? "" : $"EventBridge: {code}: {message}";
        return code switch
        {
            null or "" => Attempt.Done,
            "ThrottlingException" or "InternalFailure" or "InternalException" or "ServiceUnavailable" => Attempt.Retry(reason),
            _ => Attempt.Rejected(reason),
        };
    }
}
