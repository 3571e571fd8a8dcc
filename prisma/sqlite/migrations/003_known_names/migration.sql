-- CreateTable
CREATE TABLE "KnownName" (
    "term" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,

    PRIMARY KEY ("deviceId", "term")
);

-- CreateIndex
CREATE INDEX "KnownName_term_deviceId_idx" ON "KnownName"("term", "deviceId");

-- The names of paired devices, of those that asked, and of those that were removed
INSERT INTO "KnownName" ("term", "deviceId") SELECT "term", "deviceId" FROM "DeviceTerm" WHERE "term" NOT LIKE 'role:%' AND "term" NOT LIKE '~%';

WITH RECURSIVE "split" ("deviceId", "rest", "word") AS (
    SELECT "deviceId", lower("displayName") || ' ', '' FROM "Request" WHERE "displayName" IS NOT NULL
    UNION ALL
    SELECT "deviceId", lower(json_extract("before", '$.name')) || ' ', '' FROM "AuditEntry"
    WHERE "action" = 'device.removed' AND "deviceId" IS NOT NULL AND json_extract("before", '$.name') IS NOT NULL
    UNION ALL
    SELECT "deviceId", substr("rest", instr("rest", ' ') + 1), substr("rest", 1, instr("rest", ' ') - 1)
    FROM "split" WHERE "rest" <> ''
)
INSERT OR IGNORE INTO "KnownName" ("term", "deviceId") SELECT substr("word", 1, 64), "deviceId" FROM "split" WHERE "word" <> '';
