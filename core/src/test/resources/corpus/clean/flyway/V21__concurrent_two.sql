CREATE INDEX CONCURRENTLY ledger_account ON ledger (account);
DROP INDEX CONCURRENTLY IF EXISTS customer_order_open;
