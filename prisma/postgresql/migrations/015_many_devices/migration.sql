-- AlterTable
ALTER TABLE "Device" ADD COLUMN "operatorUsedAtMs" DOUBLE PRECISION;
ALTER TABLE "Device" ADD COLUMN "nodeUsedAtMs" DOUBLE PRECISION;
ALTER TABLE "Device" ADD COLUMN "allowDay" INTEGER;
ALTER TABLE "Device" ADD COLUMN "allowCount" INTEGER NOT NULL DEFAULT 0;

-- When the tokens that there are were last used
UPDATE "Device" SET
  "operatorUsedAtMs" = (SELECT "lastUsedAtMs" FROM "Token" WHERE "Token"."deviceId" = "Device"."deviceId" AND "role" = 'operator'),
  "nodeUsedAtMs" = (SELECT "lastUsedAtMs" FROM "Token" WHERE "Token"."deviceId" = "Device"."deviceId" AND "role" = 'node');

-- AlterTable
ALTER TABLE "Token" DROP COLUMN "lastUsedAtMs";

-- AlterTable
ALTER TABLE "Request" ADD COLUMN "addressGroup" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "Request_status_addressGroup_idx" ON "Request"("status", "addressGroup");
