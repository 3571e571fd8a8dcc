-- AlterTable
ALTER TABLE "Device" ADD COLUMN "approvedCommands" TEXT;
ALTER TABLE "Device" ADD COLUMN "nodeFamily" TEXT;
ALTER TABLE "Device" ADD COLUMN "nodePlatform" TEXT;

-- CreateTable
CREATE TABLE "MethodUse" (
    "deviceId" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "missingScope" TEXT,

    PRIMARY KEY ("deviceId", "day", "method")
);

-- CreateTable
CREATE TABLE "Upstream" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "url" TEXT NOT NULL,
    "secretKind" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "updatedAtMs" REAL NOT NULL,
    "updatedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "NodeKey" (
    "upstreamId" TEXT NOT NULL PRIMARY KEY,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "sealedKey" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "approvedAtMs" REAL,
    "removedAtMs" REAL
);

-- CreateIndex
CREATE INDEX "MethodUse_day_idx" ON "MethodUse"("day");

-- CreateIndex
CREATE INDEX "NodeKey_deviceId_idx" ON "NodeKey"("deviceId");

-- CreateIndex
CREATE INDEX "NodeKey_removedAtMs_idx" ON "NodeKey"("removedAtMs");
