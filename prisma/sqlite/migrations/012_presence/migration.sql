-- CreateTable
CREATE TABLE "Process" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL,
    "startedAtMs" REAL NOT NULL,
    "beatAtMs" REAL NOT NULL
);

-- CreateTable
CREATE TABLE "Connection" (
    "connId" TEXT NOT NULL PRIMARY KEY,
    "processId" TEXT NOT NULL,
    "deviceId" TEXT,
    "role" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "client" TEXT,
    "sinceMs" REAL NOT NULL,
    CONSTRAINT "Connection_processId_fkey" FOREIGN KEY ("processId") REFERENCES "Process" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Connection_processId_idx" ON "Connection"("processId");

-- CreateIndex
CREATE INDEX "Connection_deviceId_idx" ON "Connection"("deviceId");
