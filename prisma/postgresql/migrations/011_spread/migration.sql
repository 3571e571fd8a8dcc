-- CreateTable
CREATE TABLE "KeptChange" (
    "sequence" BIGSERIAL NOT NULL,
    "process" TEXT NOT NULL,
    "transactionId" BIGINT NOT NULL,
    "atMs" DOUBLE PRECISION NOT NULL,
    "changes" TEXT NOT NULL,

    CONSTRAINT "KeptChange_pkey" PRIMARY KEY ("sequence")
);

-- CreateIndex
CREATE INDEX "KeptChange_transactionId_idx" ON "KeptChange"("transactionId");
