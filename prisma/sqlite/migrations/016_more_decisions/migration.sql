-- Decisions that are counted from now on, as often as they were made until now
INSERT INTO "DecisionCount" ("day", "action", "actorKind", "actor", "part", "count")
SELECT CAST("atMs" / 86400000 AS INTEGER), "action", "actorKind",
    CASE "actorKind" WHEN 'admin' THEN coalesce("actorId", '') WHEN 'rule' THEN "actorName" ELSE '' END, 0, count(*)
FROM (
    SELECT "atMs", "actorKind", "actorId", "actorName",
        CASE WHEN "action" IN ('request.reopened', 'device.blocked') THEN "action" ELSE 'approval.undone' END AS "action"
    FROM "AuditEntry"
    WHERE "action" IN ('request.reopened', 'device.blocked')
        OR ("action" IN ('token.revoked', 'device.ceiling-lowered') AND "after" LIKE '%"undoes":"%')
) AS decided
GROUP BY 1, 2, 3, 4;
