-- CreateIndex
CREATE INDEX "Request_status_reason_filedAtMs_requestId_idx" ON "Request"("status", "reason", "filedAtMs", "requestId");
