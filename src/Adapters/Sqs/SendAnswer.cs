using System.Globalization;
using System.Text.Json;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Sqs;

/// <summary>What SendMessageBatch answers: the entries that were taken, and those that failed, each by the id that it was sent under.</summary>
internal static class SendAnswer
{
    public static Attempt[] Read(ReadOnlySpan<byte> json, int count)
    {
        var attempts = new Attempt[count];
        Array.Fill(attempts, Attempt.Retry("SQS's answer does not name it"));
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.NextMember())
        {
            if (reader.Is("Successful"u8) || reader.Is("Failed"u8))
            {
                var taken = reader.Is("Successful"u8);
                Entries(ref reader, taken, attempts);
            }
            else
            {
                reader.Skip();
            }
        }

        return attempts;
    }

    private static void Entries(ref Utf8JsonReader reader, bool taken, Attempt[] attempts)
    {
        if (!reader.NextArray())
        {
            return;
        }

        while (reader.NextElement())
        {
            var failed = new FailedEntry();
            var position = -1;
            while (reader.NextMember())
            {
                if (reader.Is("Id"u8))
                {
                    position = int.Parse(reader.NextText() ?? "", CultureInfo.InvariantCulture);
                }
                else if (reader.Is("Code"u8))
                {
                    failed.Code = reader.NextText();
                }
                else if (reader.Is("Message"u8))
                {
                    failed.Message = reader.NextText();
                }
                else if (reader.Is("SenderFault"u8))
                {
                    failed.IsSenderFault = reader.NextTruth();
                }
                else
                {
                    reader.Skip();
                }
            }

            attempts[position] = taken ? Attempt.Done : EntryErrors.Attempt(failed);
        }
    }
}

/// <summary>The error of one entry.</summary>
internal record struct FailedEntry(string? Code, string? Message, bool IsSenderFault);
