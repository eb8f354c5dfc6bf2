-- An event a row, with its payload in `data`. `operator lake query` has the same columns over a local lake.
SELECT
  json_extract_scalar(line, '$.id') AS id,
  json_extract_scalar(line, '$.source') AS source,
  json_extract_scalar(line, '$.type') AS type,
  json_extract_scalar(line, '$.subject') AS stream,
  CAST(at_timezone(try(from_iso8601_timestamp(json_extract_scalar(line, '$.time'))), 'UTC') AS timestamp(3)) AS time,
  CAST(at_timezone(try(from_iso8601_timestamp(json_extract_scalar(line, '$.dteacceptedtime'))), 'UTC') AS timestamp(3)) AS accepted,
  json_extract_scalar(line, '$.dteproducersequence') AS producer_sequence,
  json_extract_scalar(line, '$.traceparent') AS traceparent,
  json_extract_scalar(line, '$.datacontenttype') AS datacontenttype,
  nullif(json_format(json_extract(line, '$.data')), 'null') AS data,
  json_extract_scalar(line, '$.data_base64') AS data_base64,
  coalesce(json_extract_scalar(line, '$.dtedataref'), json_extract_scalar(line, '$.dataref')) AS dataref,
  year,
  month,
  day,
  hour
FROM envelopes
