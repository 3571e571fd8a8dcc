-- Columns are added in place: to make the table anew, as Prisma would, drops the old one, and tokens and scopes with it.
-- AlterTable
ALTER TABLE "Device" ADD COLUMN "ends" TEXT NOT NULL DEFAULT '{}';
ALTER TABLE "Device" ADD COLUMN "nextEndMs" REAL;
ALTER TABLE "Device" ADD COLUMN "endsSoon" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Request" ADD COLUMN "grantedUntilMs" REAL;

-- AlterTable
ALTER TABLE "ScopeChange" ADD COLUMN "untilMs" REAL;

-- CreateIndex
CREATE INDEX "Device_endsSoon_sortName_deviceId_idx" ON "Device"("endsSoon", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_endsSoon_nextEndMs_idx" ON "Device"("endsSoon", "nextEndMs");

-- CreateIndex
CREATE INDEX "Device_nextEndMs_deviceId_idx" ON "Device"("nextEndMs", "deviceId");
