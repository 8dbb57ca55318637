-- expect: drop-table:4, lock-timeout-missing:4
CREATE OR REPLACE VIEW active_account AS SELECT * FROM account WHERE active;

DROP TABLE IF EXISTS account_copy;
