-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "ends" TEXT NOT NULL DEFAULT '{}',
ADD COLUMN     "endsSoon" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "nextEndMs" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "grantedUntilMs" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "ScopeChange" ADD COLUMN     "untilMs" DOUBLE PRECISION;

-- CreateIndex
CREATE INDEX "Device_endsSoon_sortName_deviceId_idx" ON "Device"("endsSoon", "sortName", "deviceId");

-- CreateIndex
CREATE INDEX "Device_endsSoon_nextEndMs_idx" ON "Device"("endsSoon", "nextEndMs");

-- CreateIndex
CREATE INDEX "Device_nextEndMs_deviceId_idx" ON "Device"("nextEndMs", "deviceId");
