using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>An IAM role as it is deployed.</summary>
/// <param name="Arn">The role's.</param>
/// <param name="Trust">The policy that says who may assume it.</param>
/// <param name="Policies">The policies that say what it may do.</param>
internal sealed record DeployedRole(string Arn, PolicyDocument Trust, IReadOnlyList<PolicyDocument> Policies)
{
    public static DeployedRole Read(Answer answer)
    {
        var policies = answer.Objects("policies", policy => PolicyDocument.Read(policy.Json("document"), $"{policy.Place}, {policy.Text("name")}"));
        return answer.Object("role", role =>
        {
            role.SetAside("Path", "RoleId", "CreateDate", "MaxSessionDuration", "Description", "RoleLastUsed", "Tags");
            var name = role.Text("RoleName");
            return new DeployedRole(role.Text("Arn"), PolicyDocument.Read(role.Json("AssumeRolePolicyDocument"), $"The trust of {name}"), policies);
        });
    }
}

/// <param name="Name">The bucket's.</param>
/// <param name="Policy">The bucket's policy, or null.</param>
/// <param name="KeyArn">The customer's key that encrypts its objects; null: S3's own.</param>
internal sealed record DeployedBucket(string Name, PolicyDocument? Policy, string? KeyArn)
{
    public string Arn => $"arn:aws:s3:::{Name}";

    public static DeployedBucket Read(Answer answer)
    {
        var name = answer.Text("name");
        var key = answer.OptionalObject("encryption", encryption => encryption.Objects("Rules", Rule).Single());
        return new DeployedBucket(name, answer.OptionalJson("policy") is { } policy ? PolicyDocument.Read(policy, $"The policy of bucket {name}") : null, key is "" ? null : key);
    }

    private static string Rule(Answer answer)
    {
        answer.SetAside("BucketKeyEnabled", "BlockedEncryptionTypes");
        return answer.Object("ApplyServerSideEncryptionByDefault", encryption =>
        {
            encryption.Must("SSEAlgorithm", "AES256", "aws:kms");
            return encryption.OptionalText("KMSMasterKeyID") ?? "";
        });
    }
}
