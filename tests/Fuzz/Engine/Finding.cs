namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>An input at which a target failed, made as short as possible.</summary>
internal sealed record Finding(string Target, byte[] Input, string What);
