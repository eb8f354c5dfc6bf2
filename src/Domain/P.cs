namespace DataToEvents.Domain; internal static class P;
