-- Which streams have most events today (UTC)?
SELECT stream, count(*) AS events
FROM events
WHERE year = date_format(current_date, '%Y') AND month = date_format(current_date, '%m') AND day = date_format(current_date, '%d')
GROUP BY stream
ORDER BY events DESC, stream
LIMIT 20
