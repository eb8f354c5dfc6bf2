namespace DataToEvents.Application; internal static class P;
