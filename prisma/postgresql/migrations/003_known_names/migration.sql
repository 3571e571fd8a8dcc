-- CreateTable
CREATE TABLE "KnownName" (
    "term" TEXT COLLATE "C" NOT NULL,
    "deviceId" TEXT NOT NULL,

    CONSTRAINT "KnownName_pkey" PRIMARY KEY ("deviceId","term")
);

-- CreateIndex
CREATE INDEX "KnownName_term_deviceId_idx" ON "KnownName"("term", "deviceId");

-- The names of paired devices, of those that asked, and of those that were removed
INSERT INTO "KnownName" ("term", "deviceId") SELECT "term", "deviceId" FROM "DeviceTerm" WHERE "term" NOT LIKE 'role:%' AND "term" NOT LIKE '~%';

INSERT INTO "KnownName" ("term", "deviceId")
SELECT left("word", 64), "deviceId" FROM (
    SELECT "deviceId", regexp_split_to_table(lower("displayName"), '\s+') AS "word"
    FROM "Request" WHERE "displayName" IS NOT NULL
    UNION ALL
    SELECT "deviceId", regexp_split_to_table(lower("before"::jsonb ->> 'name'), '\s+') AS "word"
    FROM "AuditEntry" WHERE "action" = 'device.removed' AND "deviceId" IS NOT NULL AND "before" IS NOT NULL
) AS "split" WHERE "word" <> '' ON CONFLICT DO NOTHING;
