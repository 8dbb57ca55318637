ALTER TABLE users ADD age integer;
