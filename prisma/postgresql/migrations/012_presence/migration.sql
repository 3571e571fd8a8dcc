-- CreateTable
CREATE TABLE "Process" (
    "id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "startedAtMs" DOUBLE PRECISION NOT NULL,
    "beatAtMs" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Process_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "connId" TEXT NOT NULL,
    "processId" TEXT NOT NULL,
    "deviceId" TEXT,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "client" TEXT,
    "sinceMs" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("connId")
);

-- CreateIndex
CREATE INDEX "Connection_processId_idx" ON "Connection"("processId");

-- CreateIndex
CREATE INDEX "Connection_deviceId_idx" ON "Connection"("deviceId");

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process"("id") ON DELETE CASCADE ON UPDATE CASCADE;
