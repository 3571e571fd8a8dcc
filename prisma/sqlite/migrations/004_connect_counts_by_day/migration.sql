-- CreateIndex
CREATE INDEX "ConnectCount_day_idx" ON "ConnectCount"("day");
