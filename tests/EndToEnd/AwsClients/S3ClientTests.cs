namespace DataToEvents.EndToEnd.Tests.AwsClients;

/// <summary>The AWS CLI, rclone and s3cmd as they are, against the host's S3: list, copy in, out and inside, move, sync both ways, 20 MB in parts, a range, delete many.</summary>
public sealed class S3ClientTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [InstalledFact("aws")]
    public Task The_AWS_CLI_does_its_daily_work() => PassesAsync("""
        s3() { aws --endpoint-url "$URL" s3 "$@"; }
        s3 cp --only-show-errors in/large s3://$PLACE/large
        s3 cp --only-show-errors in/small s3://$PLACE/small
        s3 cp --only-show-errors s3://$PLACE/small s3://$PLACE/copy
        s3 mv --only-show-errors s3://$PLACE/copy s3://$PLACE/moved
        s3 ls s3://$PLACE/ | sed 's|.* ||' | sort | tr '\n' ' ' | grep -qx 'large moved small '
        aws --endpoint-url "$URL" s3api get-object --bucket "${PLACE%%/*}" --key "${PLACE#*/}/small" --range bytes=3-4 range >/dev/null
        test "$(cat range)" = de
        s3 sync --only-show-errors s3://$PLACE/ out/
        cmp in/large out/large
        cmp in/small out/moved
        s3 sync --only-show-errors --delete in/ s3://$PLACE/
        test "$(s3 ls s3://$PLACE/ | wc -l)" = 2
        s3 rm --only-show-errors --recursive s3://$PLACE/
        test -z "$(s3 ls s3://$PLACE/)"
        """);

    [InstalledFact("rclone")]
    public Task Rclone_does_its_daily_work() => PassesAsync("""
        export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_L_TYPE=s3 RCLONE_CONFIG_L_PROVIDER=Other RCLONE_CONFIG_L_REGION=us-east-1 RCLONE_CONFIG_L_ENDPOINT=$URL
        export RCLONE_CONFIG_L_ACCESS_KEY_ID=any RCLONE_CONFIG_L_SECRET_ACCESS_KEY=any RCLONE_S3_UPLOAD_CUTOFF=5M
        rclone copy in l:$PLACE
        rclone check in l:$PLACE
        rclone copyto l:$PLACE/small l:$PLACE/copy
        rclone moveto l:$PLACE/copy l:$PLACE/moved
        rclone lsf l:$PLACE | sort | tr '\n' ' ' | grep -qx 'large moved small '
        test "$(rclone cat --offset 3 --count 2 l:$PLACE/small)" = de
        rclone sync l:$PLACE out
        cmp in/large out/large
        cmp in/small out/moved
        rclone sync in l:$PLACE
        test "$(rclone lsf l:$PLACE | wc -l)" = 2
        rclone delete l:$PLACE
        test -z "$(rclone lsf l:$PLACE)"
        """);

    [InstalledFact("s3cmd")]
    public Task S3cmd_does_its_daily_work() => PassesAsync("""
        printf '[default]\naccess_key = any\nsecret_key = any\nhost_base = %s\nhost_bucket = %s\nuse_https = False\n' "${URL#http://}" "${URL#http://}" > config
        s3() { s3cmd -c config --no-progress "$@"; }
        s3 put --multipart-chunk-size-mb=5 in/large s3://$PLACE/large
        s3 put in/small s3://$PLACE/small
        s3 cp s3://$PLACE/small s3://$PLACE/copy
        s3 mv s3://$PLACE/copy s3://$PLACE/moved
        s3 ls s3://$PLACE/ | sed 's|.*/||' | sort | tr '\n' ' ' | grep -qx 'large moved small '
        mkdir out
        s3 sync s3://$PLACE/ out/
        cmp in/large out/large
        cmp in/small out/moved
        s3 sync --delete-removed in/ s3://$PLACE/
        test "$(s3 ls s3://$PLACE/ | wc -l)" = 2
        s3 del --recursive --force s3://$PLACE/
        test -z "$(s3 ls s3://$PLACE/)"
        """);

    private Task PassesAsync(string script) => ClientScript.PassesAsync(_folder, ["bash", "-euxo", "pipefail", "-c", script]);
}
