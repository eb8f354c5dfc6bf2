using System.Diagnostics.CodeAnalysis;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>The parts that the responses to several calls share.</summary>
internal static class SqsResponse
{
    /// <summary>The response to a batch.</summary>
    /// <param name="entries">For each entry: its id, its error if it failed, and the members of its success other than the id.</param>
    public static JsonObject Batch(IReadOnlyCollection<(string Id, EntryError? Error, JsonObject Success)> entries)
    {
        foreach (var (id, _, success) in entries)
        {
            success.Insert(0, "Id", id);
        }

        return new JsonObject
        {
            ["Successful"] = new JsonArray([.. entries.Where(entry => entry.Error is null).Select(entry => entry.Success)]),
            ["Failed"] = new JsonArray([.. entries.Where(entry => entry.Error is not null).Select(entry => new JsonObject
            {
                ["Id"] = entry.Id,
                ["SenderFault"] = true,
                ["Code"] = entry.Error!.Code,
                ["Message"] = entry.Error.Message,
            })]),
        };
    }

    /// <exception cref="AwsException">There is an error.</exception>
    public static void ThrowIfFailed(EntryError? error)
    {
        if (error is not null)
        {
            throw new ServiceException(error.Code, error.Message);
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "SDKs compare this checksum with their own; it protects nothing.")]
    public static string Md5(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(MD5.HashData(body));
}
