-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "approvedCommands" TEXT,
ADD COLUMN     "nodeFamily" TEXT,
ADD COLUMN     "nodePlatform" TEXT;

-- CreateTable
CREATE TABLE "MethodUse" (
    "deviceId" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "missingScope" TEXT,

    CONSTRAINT "MethodUse_pkey" PRIMARY KEY ("deviceId","day","method")
);

-- CreateTable
CREATE TABLE "Upstream" (
    "id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "secretKind" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "updatedAtMs" DOUBLE PRECISION NOT NULL,
    "updatedBy" TEXT NOT NULL,

    CONSTRAINT "Upstream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NodeKey" (
    "upstreamId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "publicKey" TEXT NOT NULL,
    "sealedKey" TEXT NOT NULL,
    "createdAtMs" DOUBLE PRECISION NOT NULL,
    "approvedAtMs" DOUBLE PRECISION,
    "removedAtMs" DOUBLE PRECISION,

    CONSTRAINT "NodeKey_pkey" PRIMARY KEY ("upstreamId")
);

-- CreateIndex
CREATE INDEX "MethodUse_day_idx" ON "MethodUse"("day");

-- CreateIndex
CREATE INDEX "NodeKey_deviceId_idx" ON "NodeKey"("deviceId");

-- CreateIndex
CREATE INDEX "NodeKey_removedAtMs_idx" ON "NodeKey"("removedAtMs");
