namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>An input that a target could not stand, made as short as it could be.</summary>
internal sealed record Finding(string Target, byte[] Input, string What);
