-- Why were records not transformed, and since when?
SELECT reason, message, count(*) AS records, min(arrived) AS first, max(arrived) AS last
FROM failed
GROUP BY reason, message
ORDER BY records DESC, reason, message
