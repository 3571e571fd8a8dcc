-- CreateTable
CREATE TABLE "KeptChange" (
    "sequence" BIGINT NOT NULL PRIMARY KEY,
    "process" TEXT NOT NULL,
    "transactionId" BIGINT NOT NULL,
    "atMs" REAL NOT NULL,
    "changes" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "KeptChange_transactionId_idx" ON "KeptChange"("transactionId");
