-- Which events lie in the lake more than once (UTC, today)? Firehose delivers at least once, and a producer may send again; the table has each event once.
SELECT source, id, count(*) AS lines
FROM events
WHERE year = date_format(current_date, '%Y') AND month = date_format(current_date, '%m') AND day = date_format(current_date, '%d')
GROUP BY source, id
HAVING count(*) > 1
ORDER BY lines DESC, source, id
LIMIT 100
