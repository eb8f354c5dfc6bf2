-- How many events of each type came in today (UTC)?
SELECT type, count(*) AS events, max(accepted) AS newest
FROM events
WHERE year = date_format(current_date, '%Y') AND month = date_format(current_date, '%m') AND day = date_format(current_date, '%d')
GROUP BY type
ORDER BY events DESC, type
