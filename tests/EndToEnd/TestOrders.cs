namespace DataToEvents.EndToEnd.Tests;

internal static class TestOrders
{
    /// <summary>An order with an id of its own, of one of ten streams.</summary>
    public static string Order(int number) =>
        $$"""{"kind":"order","orderId":"{{number % 10}}","eventId":"e-{{number}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"note":null,"who":"José 張偉 🚀","n":12345678901234567890.10}""";
}
