-- A record a row that the Transformer did not transform, with what Firehose says of it. Bytes that are no text are in record_base64 only.
SELECT
  CAST(at_timezone(from_unixtime(CAST(json_extract_scalar(line, '$.arrivalTimestamp') AS double) / 1000), 'UTC') AS timestamp(3)) AS arrived,
  CAST(json_extract_scalar(line, '$.attemptsMade') AS bigint) AS attempts,
  json_extract_scalar(line, '$.errorCode') AS reason,
  json_extract_scalar(line, '$.errorMessage') AS message,
  CASE
    WHEN to_utf8(from_utf8(from_base64(json_extract_scalar(line, '$.rawData')))) = from_base64(json_extract_scalar(line, '$.rawData'))
    THEN from_utf8(from_base64(json_extract_scalar(line, '$.rawData')))
  END AS record,
  json_extract_scalar(line, '$.rawData') AS record_base64,
  hour
FROM failed_lines
