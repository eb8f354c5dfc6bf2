namespace DataToEvents.EndToEnd.Tests.AwsClients;

/// <summary>Amazon's SDKs for Python and JavaScript as they are: the daily work of S3, and a scan with a filter that is the same in one piece and in four segments.</summary>
public sealed class SdkClientTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Boto3Fact]
    public Task Boto3_does_its_daily_work() => ClientScript.PassesAsync(_folder, ["python3", "-c", """
        import boto3, os
        from boto3.dynamodb.conditions import Attr, Key
        from boto3.s3.transfer import TransferConfig
        url, (bucket, prefix) = os.environ["URL"], os.environ["PLACE"].split("/", 1)
        s3 = boto3.client("s3", endpoint_url=url, config=boto3.session.Config(s3={"addressing_style": "path"}))
        keys = lambda: sorted(o["Key"][len(prefix) + 1:] for p in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix) for o in p.get("Contents", []))
        s3.upload_file("in/large", bucket, f"{prefix}/large", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
        s3.upload_file("in/small", bucket, f"{prefix}/small")
        s3.copy({"Bucket": bucket, "Key": f"{prefix}/small"}, bucket, f"{prefix}/moved")
        assert keys() == ["large", "moved", "small"], keys()
        assert s3.get_object(Bucket=bucket, Key=f"{prefix}/small", Range="bytes=3-4")["Body"].read() == b"de"
        s3.download_file(bucket, f"{prefix}/large", "large")
        assert open("large", "rb").read() == open("in/large", "rb").read()
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": f"{prefix}/{key}"} for key in keys()]})
        assert keys() == []

        table = boto3.resource("dynamodb", endpoint_url=url).Table("data-events-view")
        with table.batch_writer() as batch:
            for n in range(100):
                batch.put_item(Item={"pk": f"p{n % 10}", "sk": f"{n:03}", "n": n, "tags": {"even" if n % 2 == 0 else "odd"}})
        def scan(**segment):
            found, more = [], {"Limit": 7}
            while more is not None:
                page = table.scan(FilterExpression=Attr("tags").contains("even") & Attr("n").gte(10), **segment, **more)
                found += [int(item["n"]) for item in page["Items"]]
                more = {"Limit": 7, "ExclusiveStartKey": page["LastEvaluatedKey"]} if "LastEvaluatedKey" in page else None
            return found
        whole = scan()
        assert sorted(whole) == list(range(10, 100, 2)), whole
        assert sorted(n for s in range(4) for n in scan(Segment=s, TotalSegments=4)) == sorted(whole)
        assert [int(i["n"]) for i in table.query(KeyConditionExpression=Key("pk").eq("p3") & Key("sk").begins_with("09"))["Items"]] == [93]
        """]);

    [SdkForJavaScriptFact]
    public Task The_SDK_for_JavaScript_does_its_daily_work() => ClientScript.PassesAsync(_folder, ["node", "-e", """
        const { createRequire } = require("node:module"), assert = require("node:assert"), fs = require("node:fs")
        const load = createRequire(process.env.LIBRARIES + "/"), s3 = load("@aws-sdk/client-s3"), dynamo = load("@aws-sdk/client-dynamodb")
        const [Bucket, ...rest] = process.env.PLACE.split("/"), prefix = rest.join("/") + "/"
        const settings = { endpoint: process.env.URL, region: "us-east-1" }
        const objects = new s3.S3Client({ ...settings, forcePathStyle: true }), tables = new dynamo.DynamoDBClient(settings)
        const send = (name, input) => objects.send(new s3[name + "Command"]({ Bucket, ...input }))
        const call = (name, input) => tables.send(new dynamo[name + "Command"](input))
        const keys = async () => ((await send("ListObjectsV2", { Prefix: prefix })).Contents ?? []).map(o => o.Key.slice(prefix.length)).sort()
        async function main() {
          const large = fs.readFileSync("in/large"), part = 5 << 20
          const { UploadId } = await send("CreateMultipartUpload", { Key: prefix + "large" })
          const Parts = []
          for (let n = 0; n * part < large.length; n++) {
            const { ETag } = await send("UploadPart", { Key: prefix + "large", UploadId, PartNumber: n + 1, Body: large.subarray(n * part, (n + 1) * part) })
            Parts.push({ PartNumber: n + 1, ETag })
          }
          await send("CompleteMultipartUpload", { Key: prefix + "large", UploadId, MultipartUpload: { Parts } })
          await send("PutObject", { Key: prefix + "small", Body: fs.readFileSync("in/small") })
          await send("CopyObject", { Key: prefix + "moved", CopySource: `${Bucket}/${prefix}small` })
          assert.deepEqual(await keys(), ["large", "moved", "small"])
          assert.equal(await (await send("GetObject", { Key: prefix + "small", Range: "bytes=3-4" })).Body.transformToString(), "de")
          assert.ok(Buffer.from(await (await send("GetObject", { Key: prefix + "large" })).Body.transformToByteArray()).equals(large))
          await send("DeleteObjects", { Delete: { Objects: (await keys()).map(key => ({ Key: prefix + key })) } })
          assert.deepEqual(await keys(), [])

          const TableName = "data-events-view"
          for (let first = 0; first < 100; first += 25)
            await call("BatchWriteItem", { RequestItems: { [TableName]: Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: {
              pk: { S: `p${(first + i) % 10}` }, sk: { S: `${first + i}` }, n: { N: `${first + i}` } } } })) } })
          const scan = async segment => {
            const found = []
            for (let ExclusiveStartKey; ;) {
              const page = await call("Scan", { TableName, FilterExpression: "n >= :ten", ExpressionAttributeValues: { ":ten": { N: "10" } }, Limit: 7, ExclusiveStartKey, ...segment })
              found.push(...page.Items.map(item => Number(item.n.N)))
              if (!(ExclusiveStartKey = page.LastEvaluatedKey)) return found
            }
          }
          const whole = (await scan({})).sort((a, b) => a - b)
          assert.equal(whole.length, 90)
          const segments = await Promise.all([0, 1, 2, 3].map(Segment => scan({ Segment, TotalSegments: 4 })))
          assert.deepEqual(segments.flat().sort((a, b) => a - b), whole)
        }
        main().catch(fault => { console.error(fault); process.exitCode = 1 })
        """], SdkForJavaScript.Installation.Value.Home);
}

/// <summary>Amazon's SDK for JavaScript, installed into .cache/ where npm can get it.</summary>
internal static class SdkForJavaScript
{
    public static Lazy<(string? Home, string? Missing)> Installation { get; } = new(static () =>
    {
        using var script = Process.Start(new ProcessStartInfo("sh", [Path.Combine(BuiltTools.Root, "tests", "emulators", "aws-sdk-js")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (home, missing) = (script.StandardOutput.ReadToEnd().Trim(), script.StandardError.ReadToEnd().Trim());
        script.WaitForExit();
        return script.ExitCode == 0 ? (home, null) : (null, missing);
    });
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class SdkForJavaScriptFactAttribute : FactAttribute
{
    public override string? Skip => SdkForJavaScript.Installation.Value.Missing;
}

[AttributeUsage(AttributeTargets.Method)]
public sealed class Boto3FactAttribute : FactAttribute
{
    public override string? Skip => Boto3.Missing;
}
