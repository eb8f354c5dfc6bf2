using DataToEvents.Adapters.Tests.Wire;

namespace DataToEvents.Adapters.Tests.DynamoDb;

/// <summary>A wire to a view that has the row of each stream, so that a test is about the transactions.</summary>
internal static class ViewWire
{
    /// <param name="answer">Answers the transactions.</param>
    public static FakeAws Of(Func<WireRequest, WireAnswer> answer) => new(request =>
        request.Operation == "GetItem" ? WireAnswer.Json("""{"Item":{"pk":{"S":"stream#orders-1"},"sk":{"S":"stream"}}}""") : answer(request));

    public static List<WireRequest> Transactions(this FakeAws wire) => [.. wire.Requests.Where(request => request.Operation == "TransactWriteItems")];
}
