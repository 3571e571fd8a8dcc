-- AlterTable
ALTER TABLE "Admin" ADD COLUMN "deviceViewId" TEXT;

-- AlterTable
ALTER TABLE "Device" ADD COLUMN "machineKey" TEXT;

-- CreateTable
CREATE TABLE "DeviceTag" (
    "deviceId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,

    PRIMARY KEY ("deviceId", "tag"),
    CONSTRAINT "DeviceTag_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device" ("deviceId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Machine" (
    "machineKey" TEXT NOT NULL PRIMARY KEY,
    "pairings" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "DeviceListView" (
    "viewId" TEXT NOT NULL PRIMARY KEY,
    "adminId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "createdAtMs" REAL NOT NULL,
    CONSTRAINT "DeviceListView_adminId_fkey" FOREIGN KEY ("adminId") REFERENCES "Admin" ("adminId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "DeviceTag_tag_deviceId_idx" ON "DeviceTag"("tag", "deviceId");

-- CreateIndex
CREATE INDEX "Machine_pairings_machineKey_idx" ON "Machine"("pairings", "machineKey");

-- CreateIndex
CREATE INDEX "DeviceListView_adminId_createdAtMs_idx" ON "DeviceListView"("adminId", "createdAtMs");

-- CreateIndex
CREATE INDEX "DeviceListView_isShared_createdAtMs_idx" ON "DeviceListView"("isShared", "createdAtMs");

-- CreateIndex
CREATE INDEX "Device_machineKey_pairedAtMs_deviceId_idx" ON "Device"("machineKey", "pairedAtMs", "deviceId");

-- What several keys of one machine share, and how many of them there are
UPDATE "Device" SET "machineKey" = substr("displayName", 1, 200) || char(10) || COALESCE("platform", '') || char(10) || COALESCE("clientId", '') WHERE "displayName" IS NOT NULL AND trim("displayName") <> '';
INSERT INTO "Machine" ("machineKey", "pairings") SELECT "machineKey", count(*) FROM "Device" WHERE "machineKey" IS NOT NULL GROUP BY "machineKey";
