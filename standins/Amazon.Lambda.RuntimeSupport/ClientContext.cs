using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Empty when the invocation carries none.</summary>
internal sealed class ClientContext : IClientContext
{
    public IDictionary<string, string> Environment { get; private init; }

    public IClientApplication Client { get; private init; }

    public IDictionary<string, string> Custom { get; private init; }

    public static ClientContext Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new ClientContext();
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ClientContext
        {
            Environment = Texts(root, "env"),
            Custom = Texts(root, "custom"),
            Client = root.TryGetProperty("client", out var client) ? ClientApplication.Of(client) : null,
        };
    }

    private static Dictionary<string, string> Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var map) ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()) : null;

    private sealed class ClientApplication : IClientApplication
    {
        public string AppPackageName { get; private init; }

        public string AppTitle { get; private init; }

        public string AppVersionCode { get; private init; }

        public string AppVersionName { get; private init; }

        public string InstallationId { get; private init; }

        public static ClientApplication Of(JsonElement client) => new()
        {
            AppPackageName = Text(client, "app_package_name"),
            AppTitle = Text(client, "app_title"),
            AppVersionCode = Text(client, "app_version_code"),
            AppVersionName = Text(client, "app_version_name"),
            InstallationId = Text(client, "installation_id"),
        };

        private static string Text(JsonElement client, string name) => client.TryGetProperty(name, out var value) ? value.ToString() : null;
    }
}

/// <summary>Empty when the invocation carries none.</summary>
internal sealed class CognitoIdentity : ICognitoIdentity
{
    public string IdentityId { get; private init; }

    public string IdentityPoolId { get; private init; }

    public static CognitoIdentity Parse(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new CognitoIdentity();
        }

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CognitoIdentity
        {
            IdentityId = root.TryGetProperty("cognitoIdentityId", out var id) ? id.GetString() : null,
            IdentityPoolId = root.TryGetProperty("cognitoIdentityPoolId", out var pool) ? pool.GetString() : null,
        };
    }
}
