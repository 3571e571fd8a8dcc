-- CreateTable
CREATE TABLE "DecisionCount" (
    "day" INTEGER NOT NULL,
    "action" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "action", "actorKind", "actor", "part")
);

-- CreateIndex
CREATE INDEX "AuditEntry_actorKind_actorName_atMs_id_idx" ON "AuditEntry"("actorKind", "actorName", "atMs", "id");

-- CreateIndex
CREATE INDEX "Request_status_endedAtMs_requestId_idx" ON "Request"("status", "endedAtMs", "requestId");

-- CreateIndex
CREATE INDEX "Token_issuedHow_usedAtMs_revokedAtMs_issuedAtMs_idx" ON "Token"("issuedHow", "usedAtMs", "revokedAtMs", "issuedAtMs");

-- What was decided until now
INSERT INTO "DecisionCount" ("day", "action", "actorKind", "actor", "part", "count")
SELECT CAST("atMs" / 86400000 AS INTEGER), "action", "actorKind",
    CASE "actorKind" WHEN 'admin' THEN coalesce("actorId", '') WHEN 'rule' THEN "actorName" ELSE '' END, 0, count(*)
FROM "AuditEntry"
WHERE "action" IN ('request.approved', 'request.rejected', 'request.expired', 'device.approved-silently')
GROUP BY 1, 2, 3, 4;
