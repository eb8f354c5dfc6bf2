using System.IO.Enumeration;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>IAM's patterns: * for any characters, ? for one.</summary>
internal static class Wildcards
{
    // The backslash is an escape to the matcher only, and no ARN of ours has one.
    public static bool Match(string pattern, string text, bool ignoreCase = false) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase);
}
